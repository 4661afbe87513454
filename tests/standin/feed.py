"""The Atom answers, byte for byte in the format arXiv has had since late 2025."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from tests.standin.papers import Paper

CONTENT_TYPE = "application/atom+xml; charset=utf-8"

_HEAD = (
    "<?xml version='1.0' encoding='UTF-8'?>\n"
    '<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom"'
    ' xmlns="http://www.w3.org/2005/Atom">\n'
)
_SCHEME = "http://arxiv.org/schemas/atom"
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_ATTRIBUTE = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}
)


class UnprintableError(ValueError):
    """XML cannot hold this text; the service breaks on it."""


def _text(value: str) -> str:
    if _FORBIDDEN.search(value):
        raise UnprintableError("a character that XML does not know")
    return value.translate(_TEXT)


def _attribute(value: str) -> str:
    return value.translate(_ATTRIBUTE)


def entry(paper: Paper) -> str:
    """One paper's `<entry>`, in the service's order of elements."""
    shown = paper.versioned_id
    place = _attribute(shown)
    secondary = [category for category in paper.categories if category != paper.primary_category]
    lines = [
        f"<id>http://arxiv.org/abs/{_text(shown)}</id>",
        f"<title>{_text(paper.title)}</title>",
        f"<updated>{_text(paper.updated)}</updated>",
        f'<link href="https://arxiv.org/abs/{place}" rel="alternate" type="text/html"/>',
        f'<link href="https://arxiv.org/pdf/{place}" rel="related" type="application/pdf" title="pdf"/>',
        f"<summary>{_text(paper.abstract)}</summary>",
        *(
            f'<category term="{_attribute(category)}" scheme="{_SCHEME}"/>'
            for category in (paper.primary_category, *secondary)
        ),
        f"<published>{_text(paper.published)}</published>",
    ]
    if paper.comment:
        lines.append(f"<arxiv:comment>{_text(paper.comment)}</arxiv:comment>")
    lines.append(f'<arxiv:primary_category term="{_attribute(paper.primary_category)}"/>')
    if paper.journal_ref:
        lines.append(f"<arxiv:journal_ref>{_text(paper.journal_ref)}</arxiv:journal_ref>")
    places = dict(paper.affiliations)
    for author in paper.authors:
        lines += ["<author>", f"  <name>{_text(author)}</name>"]
        lines += [f"  <arxiv:affiliation>{_text(at)}</arxiv:affiliation>" for at in places.get(author, ())]
        lines.append("</author>")
    for doi in (paper.doi or "").split():
        lines.append(f"<arxiv:doi>{_text(doi)}</arxiv:doi>")
        lines.append(f'<link rel="related" href="https://doi.org/{_attribute(doi)}" title="doi"/>')
    return "  <entry>\n" + "".join(f"    {line}\n" for line in lines) + "  </entry>\n"


def _counts(per_page: int, total: int, start: int) -> str:
    return (
        f"  <opensearch:itemsPerPage>{per_page}</opensearch:itemsPerPage>\n"
        f"  <opensearch:totalResults>{total}</opensearch:totalResults>\n"
        f"  <opensearch:startIndex>{start}</opensearch:startIndex>\n"
    )


def answer(
    entries: Iterable[str], *, query: str, link_query: str, ids: str, start: int, size: int, total: int, now: str
) -> bytes:
    """A feed of entries.

    `query` is what the service understood, `link_query` the same with its grouping, `ids` the list as asked,
    `size` the number of entries asked for. The feed's id is the Base64 of the SHA-1 of its title's query, without
    the padding.
    """
    described = f"search_query={query}&id_list={ids}&start={start}&max_results={size}"
    mark = base64.b64encode(hashlib.sha1(described.encode()).digest()).decode()[:-1]
    asked = {"search_query": link_query, "start": start, "max_results": size, "id_list": ids}
    address = f"https://arxiv.org/api/query?{_encoded(asked)}"
    parts = [
        _HEAD,
        f"  <id>https://arxiv.org/api/{mark}</id>\n",
        f"  <title>{_text(f'arXiv Query: {described}')}</title>\n",
        f"  <updated>{now}</updated>\n",
        f'  <link href="{_attribute(address)}" type="application/atom+xml"/>\n',
        _counts(size, total, start),
        *entries,
        "</feed>\n",
    ]
    return "".join(parts).encode()


def _encoded(params: Mapping[str, object]) -> str:
    return urlencode(params, safe="!$'()*,/:;?@")


def error(message: str, *, link: str, now: str) -> bytes:
    """The feed of one entry titled `Error`."""
    href = _attribute(link.replace("http://", "https://", 1))
    parts = [
        _HEAD,
        "  <id>https://arxiv.org/</id>\n",
        "  <title>arXiv Search Results</title>\n",
        f"  <updated>{now}</updated>\n",
        _counts(1, 1, 0),
        "  <entry>\n",
        f"    <id>{_text(link)}</id>\n",
        "    <title>Error</title>\n",
        f"    <updated>{now}</updated>\n",
        f'    <link href="{href}" rel="alternate" type="text/html"/>\n',
        f"    <summary>{_text(message)}</summary>\n",
        "    <author>\n      <name>arXiv api core</name>\n    </author>\n",
        "  </entry>\n",
        "</feed>\n",
    ]
    return "".join(parts).encode()
