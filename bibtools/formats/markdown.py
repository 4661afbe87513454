r"""Markdown: a list of references to paste into a README or notes.

CommonMark 0.31, with formulas as `$…$` where Unicode does not say all of one, as GitHub and pandoc read them. What
has a meaning to CommonMark, GitHub or pandoc is escaped, so that what is shown is the plain text. GitHub takes
backslashes and emphasis out of a formula before it sees that it is one; those are written in words that stay.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import zip_longest

from bibtools.formats.items import Exported, Item
from bibtools.formats.references import Link, links, otherwise, sentence, venue, when, who
from bibtools.formats.showing import shown
from bibtools.formats.works import Work, fit, work_of
from bibtools.latex.decode import pieces
from bibtools.latex.formula import in_unicode
from bibtools.model import Page
from bibtools.text import squeeze

_SPECIAL = re.compile(r"[\\`*_\[\]<$~^@]|&(?=#?\w{1,40};)")
_BEGINS_BLOCK = re.compile(
    r"(?:\d{1,9}|[a-z]|[ivxlcdm]+|[IVXLCDM]{2,}|#)(?=[.)](?:\s|\Z))|[A-Z](?=\)(?:\s|\Z))|(?=[-+=:%#>|~])|(?=\(\w+\))"
)
_TAGS = ("i", "sub", "sup")
_IN_ADDRESS = re.compile(r"[\\()<>]")
_TEX_WORDS = {
    r"\{": r"\lbrace ", r"\}": r"\rbrace ", r"\|": r"\Vert ", r"\\": r"\cr ", r"\,": r"\thinspace ",
    r"\:": r"\medspace ", r"\;": r"\thickspace ", r"\!": r"\negthinspace ", "*": r"\ast ", "_": "_ ", "<": "< ",
    "~": r"\ ", "&": "& ",
}  # fmt: skip
_TEX_MARK = re.compile(r"\\[^A-Za-z]|[*_<~&]")
_BRACKETS = {"[": r"\lbrack ", "]": r"\rbrack "}
_DEFAULT = Page()
_NOT_AS_TEX = re.compile(r"[`$]|\\[!-/:-@\[-`{-~]")


def render(items: Sequence[Item], page: Page = _DEFAULT) -> Exported:
    """The items as one list, under a heading where the page has a title: a list is pasted into other documents."""
    title = squeeze(fit(page.title))
    heading = f"# {_not_a_block(_escaped(title))}\n\n" if title else ""
    works = (work_of(shown(item, page)) for item in items)
    return Exported(text=heading + "".join(f"- {_reference(work)}\n" for work in works))


def _reference(work: Work) -> str:
    found = links(work)
    place = _place(work, found)
    left = found[work.is_preprint :]
    parts = [
        sentence(_escaped(who(work))),
        _title(work, found),
        place,
        " ".join(_link(link) for link in left if link.label != link.address or len(found) > 1),
        _code(work.key),
    ]
    if not any(parts[:-1]):
        parts[0] = _escaped(otherwise(work))
    parts = [part for part in parts if part]
    return " ".join([_not_a_block(parts[0]), *parts[1:]])


def _place(work: Work, found: Sequence[Link]) -> str:
    """Where and when it appeared, the name in italics; of a preprint the id as a link."""
    where = venue(work)
    name = f"*{_escaped(where.name)}*" if where.name else ""
    if work.is_preprint:
        name = _link(found[0]) + _escaped(where.name.removeprefix(found[0].label))
    marked_up = _escaped(where.before) + name + _escaped(where.after)
    shown = [part for part in (where.text, when(work)) if part]
    return ", ".join(filter(None, (marked_up, _escaped(when(work))))) + _stop(", ".join(shown))


def _title(work: Work, found: Sequence[Link]) -> str:
    """The title as a link to the first place where the work is, with its full stop."""
    if not work.title:
        return ""
    shown = ": ".join(_marked_up(value) for name in ("title", "subtitle") if (value := work.entry.get(name)))
    shown = f"[{shown}]({_destination(found[0].address)})" if found else shown
    return shown + _stop(work.title)


def _stop(shown: str) -> str:
    """The full stop that a text needs, told from what is shown of it."""
    return sentence(shown)[len(shown) :]


def _marked_up(value: str) -> str:
    """LaTeX as Markdown; emphasis is HTML's, whose marks mean the same wherever they stand."""
    parts = pieces(value)
    out = []
    for (kind, text), following in zip_longest(parts, parts[1:]):
        said = in_unicode(text) if kind == "math" else text
        if said is None:
            out.append(_formula(text, following.text if following is not None else ""))
        elif kind in ("text", "math"):
            out.append(_escaped(said))
        elif text in _TAGS:
            out.append(f"<{text}>" if kind == "open" else f"</{text}>")
    return squeeze(unicodedata.normalize("NFC", "".join(out)))


def _formula(tex: str, behind: str) -> str:
    """The formula as both read it, else its TeX as code: before a digit, pandoc takes a dollar for money."""
    words = _TEX_MARK.sub(lambda match: _TEX_WORDS.get(match[0], match[0]), tex).strip()
    if not _balanced(words):
        words = re.sub(r"[\[\]]", lambda match: _BRACKETS[match[0]], words).strip()
    if not words or _NOT_AS_TEX.search(words) or behind[:1].isdigit():
        return _code(f"${tex}$")
    return f"${words}$"


def _balanced(tex: str) -> bool:
    depth = 0
    for char in tex:
        depth += (char == "[") - (char == "]")
        if depth < 0:
            return False
    return depth == 0


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)


def _not_a_block(text: str) -> str:
    """The beginning of an item so that it begins no list, heading or quotation inside it."""
    match = _BEGINS_BLOCK.match(text)
    if match is None:
        return text
    place = match.end()
    return f"{text[:place]}\\{text[place:]}"


def _link(link: Link) -> str:
    if link.label == link.address:
        return f"<{link.address}>"
    return f"[{_escaped(link.label)}]({_destination(link.address)})"


def _destination(address: str) -> str:
    coded = _IN_ADDRESS.sub(lambda match: f"%{ord(match[0]):02X}", address)
    return re.sub(r"&(?=#?\w{1,40};)", "&amp;", coded)


def _code(text: str) -> str:
    """A code span; its fence is longer than any within it."""
    if not text:
        return ""
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"
