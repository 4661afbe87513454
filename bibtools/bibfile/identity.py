r"""Which work an entry is: its arXiv id and its DOI, wherever and however somebody wrote them.

Only what an entry says of itself counts: a note that mentions other papers is no identity.
"""

from __future__ import annotations

import re

from bibtools.identifiers import parse_arxiv, parse_doi
from bibtools.model import ArxivId, Entry
from bibtools.text import squeeze

_TYPE_FIELDS = ("archiveprefix", "eprinttype", "archive")
_ID_FIELDS = ("arxivid", "arxiv", "arxiv_id")
_ADDRESS_FIELDS = ("url", "howpublished", "ee", "link", "bdsk-url-1", "note", "pdf", "doi")
_HOME_FIELDS = ("journal", "journaltitle", "booktitle", "volume", "number", "pages", "eid", "note", "howpublished",
                "publisher", "institution", "type")  # fmt: skip
_WRAPPER = re.compile(r"\\(?:url|path|nolinkurl|texttt|href)\s*\{([^{}]*)\}(?:\{[^{}]*\})?")
_HOME = re.compile(
    r"(?:(?:available|published|preprints?|e-?prints?|(?:technical )?report|arxiv(?:\.org)?|corr)\b[\s,:;.]{0,3}"
    r"(?:(?:at|on|as|in)\b\s)?){0,4}"
    r"(?P<id>(?:https?://(?:www\.)?arxiv\.org/(?:abs|pdf)/|arxiv[\s:]{0,3}|(?:corr|arxiv)[\s,:]{1,3}abs/)"
    r"[a-z0-9./-]{7,30}(?:\s?\[[a-z.-]{2,20}\])?)"
    r"[\s,;.(]{0,3}(?:(?:19|20)[0-9]{2})?[\s.)]{0,3}",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\[[^\[\]]{0,80}\]|\([^()]{0,80}\)")
_ALONE_TEXT = """
arxiv arxiv.org arxiv.com corr cornell university preprint preprints e-print e-prints eprint eprints available
published at on as in the technical report doi id number
"""
_ALONE = frozenset(_ALONE_TEXT.split())
_NAMED = frozenset(("arxiv", "arxiv.org", "arxiv.com", "corr"))
_NUMBER = re.compile(r"(?:\d{4}\.\d{4,5}|(?:[a-z-]{2,10}(?:\.[a-z-]{2,10})?/)?\d{7}|(?:19|20)\d\d)(?:v\d{1,3})?")
_SEVEN = re.compile(r"[0-9]{7}(?:v[1-9][0-9]?)?")
_LONGEST = 1_000


def arxiv_id(entry: Entry) -> ArxivId | None:
    """The arXiv id of an entry; a bare `eprint` counts unless its type says that it is something else.

    >>> from bibtools.model import Field
    >>> journal = Field("journal", "arXiv preprint arXiv:1706.03762")
    >>> str(arxiv_id(Entry(entry_type="article", key="a", fields=(journal,))))
    '1706.03762'
    """
    values = _values(entry)
    candidates = [_from_eprint(values)]
    candidates += [_parsed(values.get(name, "")) for name in _ID_FIELDS]
    candidates += [_from_address(values.get(name, "")) for name in _ADDRESS_FIELDS]
    candidates += [_from_home(values.get(name, "")) for name in _HOME_FIELDS]
    candidates.append(_from_corr(values))
    return next((found for found in candidates if found is not None), None)


def doi(entry: Entry) -> str | None:
    """The DOI of the published work, in lower case; arXiv's own DOIs are none.

    >>> from bibtools.model import Field
    >>> doi(Entry(entry_type="article", key="a", fields=(Field("doi", "https://doi.org/10.1000/ABC"),)))
    '10.1000/abc'
    """
    values = _values(entry)
    for name in ("doi", "url", "ee", "howpublished", "note"):
        text = values.get(name, "")
        found = parse_doi(text) if name == "doi" or "doi" in text.lower() else None
        if found and parse_arxiv(f"https://doi.org/{found}") is None:
            return found
    return None


def only_arxiv(text: str) -> bool:
    """Whether a value says only that arXiv has the work: no journal, no address, no place of publication.

    >>> [only_arxiv(text) for text in ("arXiv preprint arXiv:1706.03762 [cs, stat]", "CoRR", "abs/1706.03762")]
    [True, True, True]
    >>> only_arxiv("Physical Review D"), only_arxiv("1706.03762")
    (False, False)
    """
    plain = _plain(text).replace("Computing Research Repository", "CoRR")
    if plain and parse_arxiv(plain):
        return not _NUMBER.fullmatch(plain.lower())
    words = [word for word in re.split(r"[\s,;:.]*(?:[\s,;:]|\Z)", _BRACKETS.sub(" ", plain.lower())) if word]
    named = not _NAMED.isdisjoint(words)
    return named and all(word in _ALONE or _NUMBER.fullmatch(word) or parse_arxiv(word) for word in words)


def _values(entry: Entry) -> dict[str, str]:
    r"""The first value of each field, out of `\url{…}` and braces."""
    return {field.name: _plain(field.value) for field in reversed(entry.fields) if not field.macro}


def _plain(value: str) -> str:
    if len(value) > _LONGEST:
        return ""
    return squeeze(_WRAPPER.sub(r" \1 ", value).replace("{", "").replace("}", "").replace("~", " "))


def _parsed(text: str) -> ArxivId | None:
    return parse_arxiv(text) if text else None


def _from_eprint(values: dict[str, str]) -> ArxivId | None:
    eprint = values.get("eprint", "")
    kind = next((values[name].lower() for name in _TYPE_FIELDS if values.get(name)), "")
    if not eprint:
        return None
    if kind and kind not in ("arxiv", "arxiv.org", "arxiv e-prints", "corr"):
        return parse_arxiv(f"{kind}/{eprint}")
    archive = values.get("primaryclass") or values.get("eprintclass") or ""
    if _SEVEN.fullmatch(eprint):
        return parse_arxiv(f"{archive}/{eprint}") if archive else None
    return parse_arxiv(eprint.removeprefix("abs/"))


def _from_address(text: str) -> ArxivId | None:
    """The id in a field that is an address or arXiv's DOI and nothing else."""
    is_address = " " not in text and ("arxiv" in text.lower() or "/" in text)
    return parse_arxiv(text) if is_address and not text.replace(".", "").isdigit() else None


def _from_home(text: str) -> ArxivId | None:
    """The id in a field that says where the work appeared, as `arXiv preprint arXiv:1706.03762`."""
    match = _HOME.fullmatch(text)
    return None if match is None else parse_arxiv(match["id"].strip(" .,;"))


def _from_corr(values: dict[str, str]) -> ArxivId | None:
    """DBLP's form: `CoRR` (or `arXiv`) as journal, `abs/1706.03762` as volume."""
    journal = values.get("journal") or values.get("journaltitle") or ""
    if journal.lower() not in (
        "corr",
        "arxiv",
        "arxiv preprint",
        "arxiv e-prints",
        "computing research repository",
    ):
        return None
    found = [_parsed(values.get(name, "").removeprefix("abs/")) for name in ("volume", "number", "pages", "eid")]
    return next((each for each in found if each is not None), None)
