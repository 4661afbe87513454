"""References as styles print them and people type them: who, what, where, when, in any usual order.

What is understood: `Authors. Title. Venue, year.` (ACL, NeurIPS, ICML) · `Authors (year). Title. Venue.` (APA) ·
`Authors. year. Title. Venue.` (ACM) · `Authors, "Title," in Venue, year.` (IEEE) · `Authors: Title. Venue (year)`
(LNCS) · `Authors, Title, Venue year` · `Title. Authors. Venue, year.` · `Title (Authors, year)` ·
`Title, Authors, year` · `Title by Authors` · `Title – Authors (year)`, the title emphasised or quoted or not.

Without an identifier beside it a text is a reference only if it has a title and authors and something only
references have: a venue, a year where a style puts it, "et al.", marks around the title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from bibtools.extract.inline import emphasised, plain
from bibtools.extract.people import is_full_name, is_name, parse_people, split_people
from bibtools.extract.private import everyday_words, is_private
from bibtools.extract.titles import is_evident_title, is_title
from bibtools.model import PartialDate

_YEAR = re.compile(r"(?<![\d./:–-])(?:1[89]|20)\d\d(?![\d–-]|[.,:]\d)")
_YEAR_IN_BRACKETS = re.compile(r"\s?[(\[]((?:1[89]|20)\d\d)[a-z]?(?:,[^()\[\]]{1,30})?[)\]]")
_YEAR_SENTENCE = re.compile(r"[.,]\s+\(?((?:1[89]|20)\d\d)[a-z]?\)?[.:]\s+")
_YEAR_DASH = re.compile(r",?\s((?:1[89]|20)\d\d)\s?[-–—:]\s")
_LAST_YEAR = re.compile(r"(?:,\s*|\s+|\s*\()((?:1[89]|20)\d\d)[a-z]?\)?\.?$")
_AUTHOR_YEAR = re.compile(r"\s*[(\[]([^()\[\]]{2,300}?),?\s+\(?((?:1[89]|20)\d\d)[a-z]?\)?[)\]]\.?$")
_QUOTED = re.compile(r"[\"“„]([^\"“”„]{5,400}?)[,.]?[\"”“]|``([^`]{5,400}?)[,.]?(?:''|”)|«([^«»]{5,400}?)[,.]?»")
_BOUNDARY = re.compile(r"[.?!][\"”'’]?\s+(?=[^\s,;])")
_VENUE = re.compile(
    r"\bIn:?\s+(?=[A-Z\d*_])|\b(?:Proc(?:\.|eedings)|Conf(?:\.|erence)|Journal|J\.|Trans(?:\.|actions)|Advances"
    r"|arXiv|CoRR|preprint|Phys\.|Rev\.|Lett\.|Nature|Science|IEEE"
    r"|ACM|USENIX|Springer|Elsevier|University Press|MIT Press|pages?|pp\.|vol\.|volume|Ph\.?D\.? thesis|thesis"
    r"|Tech(?:\.|nical) [Rr]eport|Workshop|Symposium|Annals|Bulletin|Letters|Review|NeurIPS|NIPS|ICML"
    r"|ICLR|ACL|NAACL|EMNLP|EACL|TACL|COLING|CVPR|ICCV|ECCV|AAAI|IJCAI|KDD|SIGIR|SIGMOD|VLDB|WWW|CHI|UAI|AISTATS"
    r"|COLT|STOC|FOCS|SODA|JMLR|TMLR|PMLR|JHEP|PRL|PRD|MNRAS|ApJ|LNCS|INTERSPEECH|ICASSP|ICRA|IROS|CoRL|PNAS"
    r"|PLoS|Cell"
    r"|under review|to appear|in press|submitted)(?!\w)|\b(?:19|20)\d\d;\s?\d"
    r"|\b\d{1,4}\s?\(\d{1,3}\)\s?[:,]\s?\d|\b\d{1,4}\s?:\s?\d{1,5}\s?[–-]\s?\d"
)
_LEFTOVERS = re.compile(
    r"[(\[]\s*(?:arxiv|doi|url|pdf|link|paper|code|html|abs)?[\s:.,;|/]*[)\]]|\b(?:arxiv|doi|url|available (?:at"
    r"|online)(?: at)?|retrieved from|e-?print)\s?:?\s*(?=$|[.,;)\]]|\s{2})",
    re.IGNORECASE,
)
_YEAR_PLACED = re.compile(r"[,(]\s?(?:1[89]|20)\d\d")
_AND = re.compile(r"(?:and|&)\s+", re.IGNORECASE)
_INVERTED = re.compile(r",|\s[A-Z]{1,3}\.?$")
_ABBREVIATIONS_TEXT = (
    "proc conf trans phys rev lett jr sr st vs no vol eds ed dr prof ann appl comput math mod int "
    "dept univ cf fig ch j mr ms"
)
_ABBREVIATIONS = frozenset(_ABBREVIATIONS_TEXT.split())
_MAX = 20_000
_MAX_REFERENCE_WORDS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """What a reference says. `title_first` tells a title with its authors from a reference in a style."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    date: PartialDate | None = None
    title_first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """One way to read a text; `marked` if its form alone shows that it is a reference."""

    title: str
    people: str
    rest: str = ""
    year: str | None = None
    marked: bool = False
    title_first: bool = False


def parse_reference(text: str, *, beside: Literal["nothing", "unit", "prose"]) -> Reference | None:
    """The reference that a text is, or None. Identifiers and addresses must have been taken out of the text.

    `beside` says what stood with it: nothing, an identifier in a list item or the like (then its form is proof
    enough), or an identifier in running text (then that counts as a venue).

    >>> found = parse_reference("*Attention is all you need*, Vaswani et al., 2017", beside="nothing")
    >>> found.title, found.authors, str(found.date)
    ('Attention is all you need', ('Vaswani',), '2017')
    """
    if text.count(" ") < 2:
        return None
    text = _tidy(text[:_MAX])
    words = text.count(" ") + 1
    if words < 3 or (words > _MAX_REFERENCE_WORDS and text.count(",") * 6 < words):
        return None
    for reading in _readings(text, surnames=beside == "unit"):
        if found := _checked(reading, beside):
            return found
    return None


def _tidy(text: str) -> str:
    text = " ".join(_LEFTOVERS.sub(" ", text).split())
    text = re.sub(r"\s+([,.;:)\]])", r"\1", text)
    text = re.sub(r"([,;:])(?:\s?[,;:])+", r"\1", text)
    text = re.sub(r"(?<=[a-z]{4}\.),\s*", " ", text)
    text = re.sub(r"[,;:](?:\s?[,;:])*\s?\.(?!\w)", ".", text)
    text = re.sub(r"^\[[A-Za-z+]{2,10}\d{2}[a-z]?\]\s*", "", text)  # alpha-style labels
    return text.strip(" ,;:|–—-→")


def _readings(text: str, *, surnames: bool) -> Iterator[_Reading]:
    yield from _with_marked_title(text)
    yield from _title_then_author_year(text)
    yield from _authors_then_year(text)
    yield from _authors_colon_title(text)
    yield from _sentences(text, surnames=surnames)
    yield from _title_separator_authors(text)
    yield from _commas(text)


def _with_marked_title(text: str) -> Iterator[_Reading]:
    """The title in quotes or emphasised, people before or after it."""
    spans = [(*match.span(), match[1] or match[2] or match[3]) for match in _QUOTED.finditer(text)][:2]
    spans += [(start - 1, stop + 1, text[start:stop]) for start, stop in emphasised(text)[:2]]
    for start, stop, title in spans:
        before, after = text[:start].strip(" *_,.:;([-–—"), text[stop:].lstrip(" *_,.:;-–—")
        year = _YEAR.search(after) or _YEAR.search(before)
        if before:
            people = _YEAR_IN_BRACKETS.sub("", before).strip(" ,.:")
            yield _Reading(title=title, people=people, rest=after, year=year and year[0], marked=True)
        else:
            people, _, rest = _people_at_start(after)
            if people:
                yield _Reading(
                    title=title, people=people, rest=rest, year=year and year[0], marked=True, title_first=True
                )


def _people_at_start(text: str) -> tuple[str, str, str]:
    """The people at the beginning of what follows a title, up to the year or the first full stop."""
    text = re.sub(r"^(?:by\s+|\()", "", text)
    year = _LAST_YEAR.search(text) or _YEAR_IN_BRACKETS.search(text) or _YEAR_SENTENCE.search(text)
    if year and parse_people(text[: year.start()].strip(" ,.(")):
        return text[: year.start()].strip(" ,.("), year[1], text[year.start() :]
    for match in _BOUNDARY.finditer(text):
        if parse_people(text[: match.start()]):
            return text[: match.start()], "", text[match.end() :]
    stripped = text.strip(" .)")
    return (stripped, "", "") if parse_people(stripped) else ("", "", text)


def _title_then_author_year(text: str) -> Iterator[_Reading]:
    """`Title (Author et al., 2020)`."""
    if match := _AUTHOR_YEAR.search(text, max(0, len(text) - 400)):
        title = text[: match.start()].strip(" ,.;:-–—")
        yield _Reading(title=title, people=match[1], year=match[2], marked=True, title_first=True)


def _authors_then_year(text: str) -> Iterator[_Reading]:
    """`Authors (2017). Title. Venue.`, `Authors. 2017. Title. Venue.` and `Authors 2017 - Title`."""
    for rule in (_YEAR_IN_BRACKETS, _YEAR_SENTENCE, _YEAR_DASH):
        if match := rule.search(text):
            after = text[match.end() :].lstrip(" .,:")
            title, rest = _first_sentence(after)
            yield _Reading(
                title=title, people=text[: match.start()].strip(" ,."), rest=rest, year=match[1], marked=True
            )


def _authors_colon_title(text: str) -> Iterator[_Reading]:
    """`Vaswani, A., Shazeer, N.: Attention is all you need. In: NIPS (2017)`."""
    head, colon, after = text.partition(": ")
    if colon and "," in head:
        title, rest = _first_sentence(after)
        yield _Reading(title=title, people=head, rest=rest, year=_year_of(rest))


def _sentences(text: str, *, surnames: bool) -> Iterator[_Reading]:
    """`Authors. Title. Venue, year.` and `Title. Authors. Venue, year.`."""
    if people := _leading_people(text, surnames=surnames):
        title, rest = _first_sentence(text[len(people) :].lstrip(" .,:;"))
        yield _Reading(title=title, people=people, rest=rest, year=_year_of(rest))
    title, after = _first_sentence(text)
    if after:
        people, year, rest = _people_at_start(after)
        if people:
            yield _Reading(title=title, people=people, rest=rest, year=year or _year_of(rest), title_first=True)


def _leading_people(text: str, *, surnames: bool) -> str:
    """The people before the first full stop; an initial ends one only after inverted names (`Shazeer, N.`)."""
    inverted = ""
    for number, match in enumerate(_BOUNDARY.finditer(text)):
        head = text[: match.start()]
        last = re.split(r"[\s.,-]", head)[-1]
        if last == "al":
            return head + "." if parse_people(head + ".") else ""
        if len(last) > 1:
            if inverted:
                return inverted
            if last.lower() in _ABBREVIATIONS:
                continue
            return head if parse_people(head, surnames=surnames and "," in head) else ""
        found = parse_people(head + ".")
        if found and all(_INVERTED.search(name) for name in found[0]):
            inverted = head + "."
        if number > 3000:
            break
    return inverted


def _first_sentence(text: str) -> tuple[str, str]:
    """The text up to the first full stop that ends a sentence, and what follows it."""
    for match in _BOUNDARY.finditer(text):
        last = re.split(r"[\s.,(-]", text[max(0, match.start() - 30) : match.start()])[-1]
        if text[match.start()] == "." and ((len(last) == 1 and last.isupper()) or last.lower() in _ABBREVIATIONS):
            continue
        return text[: match.start() + (text[match.start()] != ".")], text[match.end() :]
    return text.rstrip(". "), ""


def _title_separator_authors(text: str) -> Iterator[_Reading]:
    """`Title – Authors (year)`, `Title by Authors`."""
    year = _LAST_YEAR.search(text)
    core = text[: year.start()] if year else text.rstrip(" .")
    for separator in (" — ", " – ", " - ", " | ", " by "):
        title, found, people = core.rpartition(separator)
        if found:
            yield _Reading(title=title, people=people, year=year and year[1], title_first=True)
            yield _Reading(title=people, people=title, year=year and year[1])


def _commas(text: str) -> Iterator[_Reading]:
    """`Title, Authors, year` and `Authors, Title, Venue year`."""
    year = _LAST_YEAR.search(text)
    core = text[: year.start()] if year else text.rstrip(" .")
    parts = core.split(", ")
    if not 2 <= len(parts) <= 60 or len(core) > 2000:
        return
    for cut in range(1, len(parts)):
        if parse_people(", ".join(parts[cut:])):
            yield _Reading(
                title=", ".join(parts[:cut]),
                people=", ".join(parts[cut:]),
                year=year and year[1],
                title_first=True,
            )
            break
    lead = 0
    while lead < len(parts) and all(map(is_name, split_people(_AND.sub("", parts[lead]))[0] or ("",))):
        lead += 1
    if 0 < lead < len(parts):
        rest = ", ".join(parts[lead + 1 :]) + (text[year.start() :] if year else "")
        yield _Reading(
            title=parts[lead], people=", ".join(parts[:lead]), rest=rest, year=(year and year[1]) or _year_of(rest)
        )


def _year_of(text: str) -> str | None:
    found = _YEAR.findall(text)
    return found[-1] if found else None


def _checked(reading: _Reading, beside: str) -> Reference | None:
    """The reading as a reference, if it holds."""
    title = plain(reading.title).strip(" \"'“”.,;:")
    people = parse_people(plain(reading.people), surnames=beside == "unit")
    if people is None or not is_title(title) or _is_venue(title):
        return None
    authors, more = people
    if beside != "unit" and not _is_proved(reading, title, authors, more=more, venue=beside == "prose"):
        return None
    if (
        reading.title_first
        and not (more or reading.year or reading.marked)
        and not any(map(is_full_name, authors))
    ):
        return None
    date = PartialDate(int(reading.year)) if reading.year else None
    return Reference(title=title, authors=authors, date=date, title_first=reading.title_first)


def _is_proved(reading: _Reading, title: str, authors: tuple[str, ...], *, more: bool, venue: bool) -> bool:
    """Whether more than the order of names and words says that this is a reference."""
    if is_private(title, title=True) or is_private(reading.rest) or everyday_words(title):
        return False
    known = venue
    venue = venue or _VENUE.search(reading.rest) is not None
    if len(title.split()) < 3 and not (reading.marked or more or venue):
        return False
    if reading.title_first:
        evident = is_evident_title(title) and (reading.year is not None or sum(map(is_full_name, authors)) > 1)
        return more or (venue and not known) or evident or (reading.marked and reading.year is not None)
    placed_year = reading.year is not None and (reading.marked or _YEAR_PLACED.search(reading.rest) is not None)
    return venue or more or placed_year


def _is_venue(title: str) -> bool:
    """Whether what stands in a title's place is a journal: "Phys. Rev. D 76"."""
    words = title.split()
    return sum(word.endswith(".") for word in words) * 2 >= len(words) or title.startswith(
        ("In ", "In: ", "arXiv")
    )


def people_beside(before: str, after: str) -> tuple[tuple[str, ...], PartialDate | None]:
    """The authors and the year that stand around a title, in what was written before and after it.

    >>> people_beside("", ", Vaswani et al. (2017) - a classic")
    (('Vaswani',), PartialDate(year=2017, month=None, day=None))
    """
    after = _tidy(after[:2000])
    people, year, rest = _people_at_start(after)
    if not people:
        people = _YEAR_IN_BRACKETS.sub("", before[-2000:]).strip(" *_,.:;([-–—")
        year = ""
    found = parse_people(people) if people else None
    if found is None:
        return (), None
    year = year or _year_of(rest) or _year_of(before) or ""
    return found[0], PartialDate(int(year)) if year else None
