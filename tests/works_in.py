"""The works that stand in a document of any format, by its own syntax: what another program would find there."""

from __future__ import annotations

import html
import json
import re

import yaml

from bibtools import bibfile


def keys_in(text, format):
    """The citation key of each work of a document, in order; that of a work without one is the empty text."""
    return [html.unescape(key) for key in _KEYS[format](text)]


def _bib(text):
    return [block.key for block in bibfile.parse(text).entries]


def _hayagriva(text):
    """YAML takes the last of two equal keys without a word, so the lines are counted beside it."""
    pairs = [(node.value, inner) for node, inner in (yaml.compose(text).value if text.strip() else [])]
    assert len(pairs) == len(yaml.safe_load(text) or {})
    return [key for key, _ in pairs]


def _ris(text):
    records = text.split("ER  - \n")
    assert not records[-1].strip()
    found = [re.findall(r"^ID  - (.*)$", record, re.MULTILINE) for record in records[:-1]]
    return [keys[0] if keys else "" for keys in found]


def _markdown(text):
    """The code span at the end of each item."""
    return [re.search(r"(?<!`)(`+)(?!`) ?((?:(?!\1).)*?) ?\1$", line)[2] for line in text.splitlines()]


def _csl_yaml(text):
    """Every text of it is Markdown."""
    items = yaml.safe_load(text.partition("\n...")[0])["references"]
    return [re.sub(r"\\([^A-Za-z0-9\s])", r"\1", str(item["id"])) for item in items]


_KEYS = {
    "bibtex": _bib,
    "biblatex": _bib,
    "csl-json": lambda text: [str(item["id"]) for item in json.loads(text)],
    "csl-yaml": _csl_yaml,
    "zotero": lambda text: [str(item["id"]) for item in json.loads(text)],
    "ris": _ris,
    "hayagriva": _hayagriva,
    "html": lambda text: re.findall(r'<li class="work" id="([^"]*)"', text),
    "markdown": _markdown,
    "text": lambda text: re.findall(r"^\[(.*)\]$", text, re.MULTILINE),
    "jsonl": lambda text: [json.loads(line)["key"] for line in text.splitlines()],
}
