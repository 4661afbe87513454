"""The forms of references: each way in which a text can be cut into people, title and the rest.

Nothing is decided here: :mod:`bibtools.extract.reference` asks whether people are people and a title is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from bibtools.extract.inline import emphasised
from bibtools.extract.people import is_name, parse_people, split_people

_YEAR = re.compile(r"(?<![\d./:–-])(?:1[89]|20)\d\d(?![\d–-]|[.,:]\d)")
YEAR_IN_BRACKETS = re.compile(r"\s?[(\[]((?:1[89]|20)\d\d)[a-z]?(?:,[^()\[\]]{1,30})?[)\]]")
_YEAR_SENTENCE = re.compile(r"[.,]\s+\(?((?:1[89]|20)\d\d)[a-z]?\)?[.:]\s+")
_YEAR_DASH = re.compile(r",?\s((?:1[89]|20)\d\d)\s?[-–—:]\s")
_LAST_YEAR = re.compile(r"(?:,\s*|\s+|\s*\()((?:1[89]|20)\d\d)[a-z]?\)?\.?$")
_AUTHOR_YEAR = re.compile(r"\s*[(\[]([^()\[\]]{2,300}?),?\s+\(?((?:1[89]|20)\d\d)[a-z]?\)?[)\]]\.?$")
_QUOTED = re.compile(
    r"[\"“„]([^\"“”„]{5,400}?)[,.]?[\"”“]|``([^`]{5,400}?)[,.]?(?:''|”)|«([^«»]{5,400}?)[,.]?»"
    r"|(?<!\S)'((?:[^']|(?<=\w)'(?=\w)){5,400}?)[,.]?'(?!\w)|(?<!\S)‘((?:[^‘’]|(?<=\w)’(?=\w)){5,400}?)[,.]?’(?!\w)"
)
_BOUNDARY = re.compile(r"[.?!][\"”'’]?\s+(?=[^\s,;])")
VENUE = re.compile(
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
_LAST_WORD = re.compile(r"[^\s.,(-]*$")
_NUMERAL = r"(?:XX|X?(?:IX|IV|VI{0,3}|I{1,3})|X)"
_ROMAN = re.compile(_NUMERAL)
_PART = re.compile(
    rf"(?:{_NUMERAL}|\({_NUMERAL}\)|\(?[Pp]art (?:{_NUMERAL}|[0-9]{{1,2}}|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our)\)?)"
    r"(?=[.:,]\s|\.?$)"
)
_BEFORE_PART = re.compile(r"[:,]\s$")
_AND = re.compile(r"(?:and|&)\s+", re.IGNORECASE)
_INVERTED = re.compile(r",|\s[A-Z]{1,3}\.?$")
_ABBREVIATIONS_TEXT = (
    "proc conf trans phys rev lett jr sr st vs no vol eds ed dr prof ann appl comput math mod int "
    "dept univ cf fig ch j md mr ms"
)
_ABBREVIATIONS = frozenset(_ABBREVIATIONS_TEXT.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One way to read a text; `marked` if its form alone shows that it is a reference."""

    title: str
    people: str
    rest: str = ""
    year: str | None = None
    marked: bool = False
    title_first: bool = False


def readings_of(text: str, *, surnames: bool) -> Iterator[Reading]:
    """All ways to read a text (without line ends), the more telling forms first."""
    yield from _with_marked_title(text, surnames=surnames)
    yield from _title_then_author_year(text)
    yield from _authors_then_year(text)
    yield from _title_separator_authors(text)
    yield from _authors_first(text, surnames=surnames)
    yield from _authors_colon_title(text)
    yield from _title_first(text)
    yield from _commas(text)


def _with_marked_title(text: str, *, surnames: bool) -> Iterator[Reading]:
    """The title in quotes or emphasised, people before or after it."""
    spans = [(*match.span(), match[match.lastindex or 0]) for match in islice(_QUOTED.finditer(text), 2)]
    spans += [(start - 1, stop + 1, text[start:stop]) for start, stop in emphasised(text)[:2]]
    for start, stop, title in spans:
        before, after = text[:start].strip(" *_,.:;([-–—"), text[stop:].lstrip(" *_,.:;-–—")
        if (part := _PART.match(after)) and not _is_initial(part[0], after[part.end() :]):
            subtitle, rest = _first_sentence(after)
            title, after = f"{title}. {subtitle}", rest.lstrip(" *_,.:;-–—")
        year = _YEAR.search(after) or _YEAR.search(before)
        if before:
            people = YEAR_IN_BRACKETS.sub("", before).strip(" ,.:")
            yield Reading(title=title, people=people, rest=after, year=year and year[0], marked=True)
        else:
            people, _, rest = people_at_start(after, surnames=surnames)
            if people:
                yield Reading(
                    title=title, people=people, rest=rest, year=year and year[0], marked=True, title_first=True
                )


def people_at_start(text: str, *, surnames: bool = False) -> tuple[str, str, str]:
    """The people at the beginning of what follows a title, up to the year or the first full stop."""
    text = re.sub(r"^(?:by\s+|\()", "", text)
    year = _LAST_YEAR.search(text) or YEAR_IN_BRACKETS.search(text) or _YEAR_SENTENCE.search(text)
    if year and _are_people(text[: year.start()].strip(" ,.("), surnames=surnames):
        return text[: year.start()].strip(" ,.("), year[1], text[year.start() :]
    for match in _BOUNDARY.finditer(text):
        if _are_people(text[: match.start()], surnames=surnames):
            return text[: match.start()], "", text[match.end() :]
    stripped = text.strip(" .)")
    return (stripped, "", "") if _are_people(stripped, surnames=surnames) else ("", "", text)


def _are_people(text: str, *, surnames: bool) -> bool:
    """Whether a text is a list of authors; of surnames alone only if no journal is meant ("Nature")."""
    if parse_people(text):
        return True
    return surnames and VENUE.search(text) is None and parse_people(text, surnames=True) is not None


def _title_then_author_year(text: str) -> Iterator[Reading]:
    """`Title (Author et al., 2020)`."""
    if match := _AUTHOR_YEAR.search(text, max(0, len(text) - 400)):
        title = text[: match.start()].strip(" ,.;:-–—")
        yield Reading(title=title, people=match[1], year=match[2], marked=True, title_first=True)


def _authors_then_year(text: str) -> Iterator[Reading]:
    """`Authors (2017). Title. Venue.`, `Authors. 2017. Title. Venue.` and `Authors 2017 - Title`."""
    for rule in (YEAR_IN_BRACKETS, _YEAR_SENTENCE, _YEAR_DASH):
        if match := rule.search(text):
            after = text[match.end() :].lstrip(" .,:")
            title, rest = _first_sentence(after)
            yield Reading(
                title=title, people=_with_initial(text[: match.start()]), rest=rest, year=match[1], marked=True
            )


def _with_initial(people: str) -> str:
    """The people before a year: an initial at their end keeps its full stop."""
    people = people.strip(" ,.")
    return f"{people}." if re.search(r"[\s.,-][A-Z]$", people) else people


def _authors_colon_title(text: str) -> Iterator[Reading]:
    """`Vaswani, A., Shazeer, N.: Attention is all you need. In: NIPS (2017)`."""
    head, colon, after = text.partition(": ")
    if colon and "," in head:
        title, rest = _first_sentence(after)
        yield Reading(title=title, people=head, rest=rest, year=year_of(rest))


def _authors_first(text: str, *, surnames: bool) -> Iterator[Reading]:
    """`Authors. Title. Venue, year.`."""
    if people := _leading_people(text, surnames=surnames):
        title, rest = _first_sentence(text[len(people) :].lstrip(" .,:;"))
        yield Reading(title=title, people=people, rest=rest, year=year_of(rest))


def _title_first(text: str) -> Iterator[Reading]:
    """`Title. Authors. Venue, year.`."""
    title, after = _first_sentence(text)
    if after:
        people, year, rest = people_at_start(after)
        if people:
            yield Reading(title=title, people=people, rest=rest, year=year or year_of(rest), title_first=True)


def _leading_people(text: str, *, surnames: bool) -> str:
    """The people before the first full stop; an initial ends one only after inverted names (`Shazeer, N.`)."""
    initials: list[str] = []  # where the list would end if the full stop after an initial ended it
    for match in _BOUNDARY.finditer(text):
        head = text[: match.start()]
        last = _LAST_WORD.search(head)[0]  # type: ignore[index]  # may be empty
        if last == "al":
            return f"{head}." if parse_people(f"{head}.") else ""
        if len(last) < 2:
            initials = [*initials[-2:], f"{head}."]
        elif last.lower() not in _ABBREVIATIONS and not (len(last) == 2 and head == last):
            found = _longest_inverted(initials)
            if found or len(last) > 2 or parse_people(head):
                return found or (head if parse_people(head, surnames=surnames and "," in head) else "")
    return _longest_inverted(initials)


def _longest_inverted(heads: list[str]) -> str:
    for head in reversed(heads):
        names = (parse_people(head) or ((), False))[0]
        inverted = names and all(_INVERTED.search(name) for name in names)
        if inverted and (len(names) > 1 or "," in names[0]):
            return head
    return ""


def _first_sentence(text: str) -> tuple[str, str]:
    """The text up to the first full stop that ends a sentence, and what follows it.

    A sentence that only says which part of a series this is ("II", "Part 2: the finite case") is not the next one.
    """
    part_end = -1
    for match in _BOUNDARY.finditer(text):
        if match.start() < part_end:
            continue
        mark, after = text[match.start()], text[match.end() : match.end() + 200]
        last = _LAST_WORD.search(text, max(0, match.start() - 30), match.start())[0]  # type: ignore[index]
        behind = match.start() == part_end or _ends_with_numeral(text, match.start(), last)
        if behind and not _is_initial(last, text[match.start() : match.end() + 200]):
            if _is_subtitle(text[match.end() : match.end() + 600]):
                continue
            return text[: match.start()], text[match.end() :]
        if mark == "." and ((len(last) == 1 and last.isupper()) or last.lower() in _ABBREVIATIONS):
            continue
        part = _PART.match(text, match.end())
        if part and not _is_initial(part[0], text[part.end() : part.end() + 200]):
            part_end = part.end()
            if text[part_end : part_end + 1] == ",":
                return text[:part_end], text[part_end + 1 :].lstrip()
            continue
        if mark != "." and _BOUNDARY.search(after) and not VENUE.match(after):
            continue  # "Is it so? A study." is a title
        return text[: match.start() + (mark != ".")], text[match.end() :]
    return text.rstrip(". "), ""


def _ends_with_numeral(text: str, stop: int, last: str) -> bool:
    """Whether a sentence ends with the number of a part; a single letter is one only behind a colon or comma."""
    if text[stop] != "." or not _ROMAN.fullmatch(last):
        return False
    begin = stop - len(last)
    return len(last) > 1 or _BEFORE_PART.search(text, max(0, begin - 2), begin) is not None


def _is_initial(numeral: str, after: str) -> bool:
    """Whether what looks like a numeral is the initial of the name behind it: `Title. I. Smith, B. Jones.`."""
    if len(numeral) > 1 or not after.startswith(". "):
        return False
    people = parse_people(_BOUNDARY.split(after[2:], maxsplit=1)[0].partition(",")[0], surnames=True)
    return people is not None and " " not in people[0][0]


def _is_subtitle(text: str) -> bool:
    """Whether the sentence behind a part's number belongs to the title ("On this. III. The rest. arXiv, 2019")."""
    end = _BOUNDARY.search(text)
    if end is None:
        return False
    sentence, rest = text[: end.start()], text[end.end() :]
    if " " not in sentence or VENUE.search(sentence) or _YEAR.search(sentence) or parse_people(sentence):
        return False
    phrase = any(word[0].islower() for word in sentence.split()[1:])  # and not a journal's name
    known = VENUE.search(rest) is not None or bool(people_at_start(rest)[0])
    return known or (phrase and _YEAR.match(rest) is not None)


def _title_separator_authors(text: str) -> Iterator[Reading]:
    """`Title – Authors (year)`, `Title by Authors`."""
    year = _LAST_YEAR.search(text)
    core = text[: year.start()] if year else text.rstrip(" .")
    for separator in (" — ", " – ", " - ", " | ", " by "):
        title, found, people = core.rpartition(separator)
        if found:
            bracketed = year is not None and separator != " by " and year[0].lstrip().startswith("(")
            when = year and year[1]
            yield Reading(title=title, people=people, year=when, marked=bracketed, title_first=True)
            yield Reading(title=people, people=title, year=when)


def _commas(text: str) -> Iterator[Reading]:
    """`Title, Authors, year` and `Authors, Title, Venue year`."""
    year = _LAST_YEAR.search(text)
    core = text[: year.start()] if year else text.rstrip(" .")
    parts = _with_numbers(core.split(", "))
    if not 2 <= len(parts) <= 60 or len(core) > 2000:
        return
    for cut in range(1, len(parts)):
        if parse_people(", ".join(parts[cut:])):
            yield Reading(
                title=", ".join(parts[:cut]),
                people=", ".join(parts[cut:]),
                year=year and year[1],
                title_first=True,
            )
            break
    lead = 0
    while lead < len(parts) and all(map(is_name, split_people(_AND.sub("", parts[lead]))[0] or ("",))):
        lead += 1
    if 0 < lead < len(parts) and not _first_sentence(parts[lead])[1]:
        rest = ", ".join(parts[lead + 1 :]) + (text[year.start() :] if year else "")
        yield Reading(
            title=parts[lead], people=", ".join(parts[:lead]), rest=rest, year=(year and year[1]) or year_of(rest)
        )


def _with_numbers(parts: list[str]) -> list[str]:
    """The parts of a text with commas; what only says which part of a series it is stays with the title before."""
    joined: list[str] = []
    for part in parts:
        if joined and _PART.match(part) and not is_name(joined[-1]):
            joined[-1] += f", {part}"
        else:
            joined.append(part)
    return joined


def year_of(text: str) -> str | None:
    """The last year in a text: venues may begin with another."""
    found = _YEAR.findall(text)
    return found[-1] if found else None
