"""HTML: one page that needs nothing else, to search, sort and read in a browser.

Style and script stand in the page, and its policy (CSP) allows these two by their digests and nothing else: no
request leaves it, and nothing in a title or abstract can run. Without a script all of it can still be read.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from html import escape
from importlib import resources
from urllib.parse import quote

from bibtools.formats import bib
from bibtools.formats.addresses import of_arxiv, of_doi
from bibtools.formats.dialects import to_bibtex
from bibtools.formats.items import Exported, Item
from bibtools.formats.mathml import html_of
from bibtools.formats.references import MOST_NAMES, SHOWN_NAMES, listed, name_of, otherwise, repeats, venue, when
from bibtools.formats.showing import shown
from bibtools.formats.works import People, Work, fit, work_of
from bibtools.model import Page
from bibtools.text import fold, squeeze

_TITLE = "Bibliography"
_DEFAULT = Page()
_IN_FRAGMENT = "/:;,@!$*()+="
_ISO = re.compile(r"\d{4}(?:-\d\d){0,2}\Z", re.ASCII)


def render(items: Sequence[Item], page: Page = _DEFAULT) -> Exported:
    """The items as a page, in their order. Problems: those of the BibTeX that the page offers for copying."""
    items = [shown(item, page) for item in items]
    copies = [_bibtex(item) for item in items]
    works = "".join(_work(work_of(item), fit(copy.text)) for item, copy in zip(items, copies, strict=True))
    whole = _part("page.html")
    for mark, text in (("count", _count(len(items))), ("policy", _policy()), ("style", _part("style.css"))):
        whole = whole.replace(f"{{{{{mark}}}}}", text)
    before, after = whole.replace("{{script}}", _part("script.js")).split("{{works}}")
    title = escape(fit(squeeze(page.title)) or _TITLE)
    before = before.replace("{{title}}", title)
    return Exported(text=before + works + after, problems=tuple(p for copy in copies for p in copy.problems))


@cache
def _part(name: str) -> str:
    return resources.files("bibtools.formats").joinpath("page", name).read_text(encoding="utf-8").strip()


def _policy() -> str:
    script, style = (_digest(_part(name)) for name in ("script.js", "style.css"))
    rules = ("default-src 'none'", f"script-src '{script}'", f"style-src '{style}'", "img-src data:")
    return "; ".join((*rules, "base-uri 'none'", "form-action 'none'"))


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _count(number: int) -> str:
    return f"{number:,} {'work' if number == 1 else 'works'}"


def _bibtex(item: Item) -> Exported:
    """The entry as the library's own `.bib` has it, else in BibTeX's words."""
    if item.written is not None:
        return bib.render([replace(item, entry=item.written)], lambda entry: entry)
    return bib.render([replace(item, record=None)], to_bibtex)


def _work(work: Work, bibtex: str) -> str:
    first = work.authors.names or work.editors.names
    author = fold(f"{first[0].family or first[0].literal} {first[0].given}").lower().strip() if first else ""
    kind = "" if work.categories else work.kind
    data = {"id": work.key, "data-year": str(work.year or ""), "data-author": author, "data-kind": kind}
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in data.items() if value)
    parts = (_heading(work), _who(work), _where(work), _do(work, bibtex), *_folds(work, bibtex))
    return f'<li class="work"{attributes}><article>\n{"".join(parts)}</article></li>\n'


def _heading(work: Work) -> str:
    title = ": ".join(html_of(value) for name in ("title", "subtitle") if (value := work.entry.get(name)))
    if not title:
        said = escape(otherwise(work)) or "No title"
        return f'<h2><i>No title</i></h2>\n<p class="other">{said}</p>\n'
    address = _first_address(work)
    return f'<h2><a href="{escape(address)}">{title}</a></h2>\n' if address else f"<h2>{title}</h2>\n"


def _first_address(work: Work) -> str | None:
    if work.arxiv is not None:
        return of_arxiv(work.arxiv)
    return of_doi(work.doi) if work.doi else work.url


def _who(work: Work) -> str:
    """The authors, else the editors; what is beyond the first ten of many is folded."""
    people = work.authors if work.authors.names else work.editors
    if not people.names:
        return ""
    role = "" if work.authors.names else " (eds.)" if len(people.names) > 1 or not people.complete else " (ed.)"
    if len(people.names) <= MOST_NAMES:
        return f'<div class="who">{escape(listed(people))}{role}</div>\n'
    shown = ", ".join(escape(name_of(name)) for name in people.names[:SHOWN_NAMES])
    rest = People(names=people.names[SHOWN_NAMES:], complete=people.complete)
    left = f"and {len(rest.names):,}{'' if people.complete else ' or more'} others"
    folded = escape(listed(rest, most=len(rest.names)))
    more = f'<details class="more"><summary>{left}</summary>{folded}</details>'
    return f'<div class="who">{shown}, {more}{role}</div>\n'


def _where(work: Work) -> str:
    where = venue(work)
    name = f"<cite>{escape(where.name)}</cite>" if where.name else ""
    if work.is_preprint:  # its categories follow, all of them
        name = f"arXiv:{work.arxiv}"
    parts = [escape(where.before) + name + escape(where.after), _time(work)]
    text = ", ".join(part for part in parts if part)
    cats = "".join(f' <span class="cat">{escape(category)}</span>' for category in work.categories)
    return f'<p class="where">{text}{cats}</p>\n' if text or cats else ""


def _time(work: Work) -> str:
    shown = escape(when(work))
    return f'<time datetime="{work.date}">{shown}</time>' if shown and _ISO.match(work.date) else shown


def _do(work: Work, bibtex: str) -> str:
    """The key as a link to this place of the page, links elsewhere, and what can be copied."""
    links = []
    if work.arxiv is not None:
        links += [("out", of_arxiv(work.arxiv), "arXiv"), ("pdf", of_arxiv(work.arxiv, "pdf"), "PDF")]
    links += [("out", of_doi(work.doi), "DOI")] if work.doi else []
    links += [("out", work.url, "Link")] if work.url and not repeats(work, work.url) else []
    key = escape(work.key)
    of_it = f'<span class="unseen"> of {key}</span>'
    shown = [f'<a class="key" href="#{quote(work.key, safe=_IN_FRAGMENT)}"><code>{key}</code></a>'] if key else []
    shown += [f'<a class="{kind}" href="{escape(address)}">{text}{of_it}</a>' for kind, address, text in links]
    for value, what, copied in (("bibtex", "BibTeX", bibtex), ("key", "key", key)):
        if copied:
            shown.append(f'<button type="button" class="js" value="{value}">Copy {what}{of_it}</button>')
    joined = "\n".join(shown)
    return f'<p class="do">{joined}</p>\n'


def _folds(work: Work, bibtex: str) -> Iterator[str]:
    parts = []
    if abstract := work.entry.get("abstract"):
        parts.append(f'<p class="abstract">{html_of(abstract)}</p>')
    if work.comment:
        parts.append(f'<p class="note">Comment: {escape(work.comment)}</p>')
    if work.sources:
        named = ", ".join(f'<span class="source">{escape(source)}</span>' for source in work.sources)
        parts.append(f'<p class="note">Mentioned in {named}</p>')
    if parts:
        summary = "Abstract" if abstract else "More"
        yield f'<details class="abs"><summary>{summary}</summary>{"".join(parts)}</details>\n'
    if bibtex:
        yield f'<details class="bib"><summary>BibTeX</summary><pre>\n{escape(bibtex)}</pre></details>\n'
