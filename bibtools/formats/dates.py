"""Dates as entries have them: ISO 8601-2 as biblatex reads it, or BibTeX's year and month; and as CSL has them.

Source: the biblatex manual, 2.3.8 (*Date and Time Specifications*): ranges, open ones too, `~` circa,
`?` uncertain, `%` both, seasons 21 to 24, unspecified figures (`199X`); the schema `csl-data.json` of CSL 1.0.2.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from bibtools.latex.decode import same_text
from bibtools.latex.plain import from_plain
from bibtools.latex.unprinted import without_comments
from bibtools.model import Field
from bibtools.text import number_up_to

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The macros that every BibTeX style defines."""

_SEASONS = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}
_MOMENT = re.compile(
    r"(?P<year>-?[0-9]{4}|-?y-?[0-9]{5,9})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2})(?:T[0-9:.]+(?:Z|[+-][0-9:]{2,5})?)?)?)?"
    r"(?P<mark>[~?%]?)\Z",
    re.ASCII,
)
_UNSPECIFIED = re.compile(r"(?P<known>[0-9]{2}(?:[0-9](?=[Xu]\Z)|(?=[Xu]{2}\Z)))[Xu]{1,2}\Z", re.ASCII)
_HIDDEN_PARTS = re.compile(r"(?:-(?:XX|uu)){1,2}\Z")
_MONTH_TEXT = re.compile(
    r"(?:(?P<before>[0-9]{1,2})[\s~.]+)?(?P<month>[^\W\d_]+)\.?(?:[\s~]+(?P<after>[0-9]{1,2}),?)?\Z"
)
_YEARS = re.compile(r"([0-9]{4})\s*(?:--?|–)\s*([0-9]{2}|[0-9]{4})\Z", re.ASCII)
_YEAR = re.compile(r"[0-9]{4}\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Moment:
    """A year with what is known beside it: month and day, or a season from 1 (spring) to 4."""

    year: int
    month: int | None = None
    day: int | None = None
    season: int | None = None

    def __str__(self) -> str:
        """As biblatex reads it."""
        year = (
            f"{self.year:05d}" if self.year < 0 else f"{self.year:04d}" if self.year < 10_000 else f"y{self.year}"
        )
        second = 20 + self.season if self.season else self.month
        return "-".join([year, *(f"{part:02d}" for part in (second, self.day) if part is not None)])


@dataclass(frozen=True, slots=True, kw_only=True)
class DateSpan:
    """A date, or with `is_range` a range, of which one end may be open (None)."""

    start: Moment | None
    stop: Moment | None = None
    is_range: bool = False
    circa: bool = False

    def __str__(self) -> str:
        """As biblatex reads it."""
        mark = "~" if self.circa else ""
        ends = [f"{end}{mark}" if end else "" for end in (self.start, self.stop)]
        return "/".join(ends) if self.is_range else ends[0]


def parse(text: str) -> DateSpan | None:
    """A date of biblatex's; None for what is none.

    >>> str(parse("2004-04-25/2005~")), str(parse("199X")), parse("in press")
    ('2004-04-25~/2005~', '1990/1999', None)
    """
    text = without_comments(text).strip()
    if match := _UNSPECIFIED.match(text):
        known = match["known"]
        return DateSpan(
            start=Moment(int(known.ljust(4, "0"))), stop=Moment(int(known.ljust(4, "9"))), is_range=True
        )
    ends = text.split("/")
    if len(ends) > 2:
        return None
    read = [_moment(end) for end in ends]
    for end, found in zip(ends, read, strict=True):
        if found is None and not (len(ends) == 2 and end in ("", "..", "*", "open", "unknown")):
            return None
    moments = [found[0] if found else None for found in read]
    if not any(moments):
        return None
    circa = any(found is not None and found[1] for found in read)
    return DateSpan(
        start=moments[0], stop=moments[-1] if len(ends) == 2 else None, is_range=len(ends) == 2, circa=circa
    )


def _moment(text: str) -> tuple[Moment, bool] | None:
    """A moment, and whether it is approximate or uncertain."""
    match = _MOMENT.match(_HIDDEN_PARTS.sub("", text))
    if match is None:
        return None
    year = int(match["year"].replace("y", ""))
    month, day = (int(match[part]) if match[part] else None for part in ("month", "day"))
    if month is not None and 21 <= month <= 24 and day is None:
        return Moment(year, season=month - 20), bool(match["mark"])
    if not 1 <= (month or 1) <= 12 or not 1 <= (day or 1) <= 31:
        return None
    return Moment(year, month, day), bool(match["mark"])


def of_fields(fields: Iterable[Field], name: str = "date") -> DateSpan | str | None:
    """The date in the field `name`, else in `year`, `month` and `day` (`origyear` …); a text where it is no date.

    >>> str(of_fields([Field("year", "2017"), Field("month", "jun", macro=True)]))
    '2017-06'
    """
    values = {field.name: without_comments(field.value).strip().strip("{}") for field in reversed(list(fields))}
    text = values.get(name, "")
    part = name.removesuffix("date")  # `origyear` as older files have it
    year = values.get(f"{part}year", "")
    if found := parse(text):
        return found
    if not _YEAR.match(year):
        return parse(year) or text or year or None
    start, stop = _month(values.get(f"{part}month", ""))
    if start is None:
        return DateSpan(start=Moment(int(year)))
    day = values.get(f"{part}day", "")
    if start.month and start.day is None and (number := number_up_to(31, day)):
        start = Moment(0, start.month, number)
    ends = [Moment(int(year), end.month, end.day, end.season) for end in (start, stop) if end]
    return DateSpan(start=ends[0], stop=ends[-1] if stop else None, is_range=stop is not None)


def of_years(text: str) -> DateSpan | None:
    """Two years with a dash between them, as people write them where a date is asked for.

    >>> str(of_years("1965–81"))
    '1965/1981'
    """
    match = _YEARS.match(text)
    if match is None:
        return None
    start, stop = match[1], match[1][: 4 - len(match[2])] + match[2]
    return DateSpan(start=Moment(int(start)), stop=Moment(int(stop)), is_range=True) if start < stop else None


def said(fields: Iterable[Field], name: str, csl: object) -> frozenset[str]:
    """Those of the fields that :func:`of_fields` reads whose text is all in CSL's date."""
    values = {field.name: without_comments(field.value).strip().strip("{}") for field in reversed(list(fields))}
    found = from_csl(csl)
    if text := values.get(name, ""):
        return frozenset([name] if isinstance(found, DateSpan) and str(found) == text else [])
    if name != "date":
        return frozenset()
    start, stop = _month(values.get("month", ""))
    made = {"year"} if _YEAR.match(values.get("year", "")) or _says(found, values.get("year", "")) else set()
    if _YEAR.match(values.get("year", "")) and start is not None:
        made.add("month")
        if stop is None and isinstance(found, DateSpan) and found.start:
            day = number_up_to(31, values.get("day", ""))
            made |= {"day"} if day and found.start.day == day else set()
    return frozenset(made)


def _says(found: DateSpan | str | None, text: str) -> bool:
    return str(found) == text or (isinstance(found, str) and same_text(from_plain(found), text))


def _month(text: str) -> tuple[Moment | None, Moment | None]:
    """The month in words or figures, or two of them; with day or as a season. The year in it means nothing."""
    parts = re.split(r"\s*(?:/|--?|–)\s*", text)
    if len(parts) > 2:
        return None, None
    read = [_one_month(part) for part in parts]
    if len(parts) == 2 and read[1] and read[1].month and (number := number_up_to(31, parts[0])):
        read[0] = Moment(0, read[1].month, number)
    if not all(read):
        return None, None
    return read[0], read[1] if len(read) == 2 else None


def _one_month(text: str) -> Moment | None:
    text = text.strip().lower()
    if text.isascii() and text.isdigit():
        number = number_up_to(12, text)
        return Moment(0, number) if number else None
    if text in _SEASONS:
        return Moment(0, season=_SEASONS[text])
    match = _MONTH_TEXT.match(text)
    if match is None or match["month"][:3] not in MONTHS:
        return None
    day = match["before"] or match["after"]
    return Moment(0, MONTHS.index(match["month"][:3]) + 1, int(day) if day and 1 <= int(day) <= 31 else None)


def to_csl(date: DateSpan | str) -> dict[str, object]:
    """A date as CSL's date variable. What `date-parts` cannot say, such as an open range, is a literal.

    >>> to_csl(parse("1997/")), to_csl(parse("2004-22~"))
    ({'literal': '1997–'}, {'date-parts': [[2004]], 'season': 2, 'circa': True})
    """
    if isinstance(date, str):
        return {"literal": date}
    ends = [end for end in (date.start, date.stop) if end]
    seasons = [end.season for end in ends if end.season]
    if date.is_range and (len(ends) < 2 or seasons):
        return {"literal": "–".join(str(end or "") for end in (date.start, date.stop))}
    made: dict[str, object] = {"date-parts": [_parts(end) for end in ends]}
    if seasons:
        made["season"] = seasons[0]
    if date.circa:
        made["circa"] = True
    return made


def _parts(end: Moment) -> list[int]:
    """The year counted as CSL does, without a year 0: 1 BC, ISO's 0000, is -1."""
    year = end.year if end.year > 0 else end.year - 1
    return [part for part in (year, end.month, end.day) if part is not None]


def from_csl(value: Any) -> DateSpan | str | None:
    """A date variable of CSL's, as strictly or loosely as programs write it; a text where it is no date."""
    if isinstance(value, list) and value:  # pandoc's older YAML
        value = value[0]
    if isinstance(value, str | int):
        return _from_text(str(value))
    if not isinstance(value, dict):
        return None
    parts = value.get("date-parts")
    if not isinstance(parts, list):
        single = [value.get(name) for name in ("year", "month", "day")]
        parts = [[part for part in single if part]] if single[0] else []
    written = [part for part in parts[:2] if isinstance(part, list)]
    if len(written) > 1 and written[1] in ([0], ["0"], [""], []):  # pandoc's open end
        written.pop()
    ends = [_from_parts(part) for part in written]
    if not ends or None in ends:
        return _from_text(next((str(value[n]) for n in ("literal", "raw", "edtf") if value.get(n)), ""))
    season = str(value.get("season", ""))
    number = int(season) if season in ("1", "2", "3", "4") else _SEASONS.get(season.lower())
    if len(ends) == 1 and number and ends[0] and ends[0].month is None:
        ends = [Moment(ends[0].year, season=number)]
    is_range = len(parts) > 1
    circa = str(value.get("circa", "")).lower() not in ("", "false", "0", "none")
    return DateSpan(start=ends[0], stop=ends[1] if len(ends) > 1 else None, is_range=is_range, circa=circa)


def _from_parts(parts: list[Any]) -> Moment | None:
    try:
        numbers = [int(str(part)) for part in parts[:3] if str(part).strip()]
    except ValueError:
        return None
    if not numbers or not -10_000 <= numbers[0] <= 999_999_999:
        return None
    numbers[0] += numbers[0] < 0
    month, day = ([*numbers[1:], 0, 0])[:2]
    if 13 <= month <= 16 or 21 <= month <= 24:
        return Moment(numbers[0], season=month - (12 if month < 20 else 20))
    month = month if 1 <= month <= 12 else 0
    return Moment(numbers[0], month or None, day if month and 1 <= day <= 31 else None)


def _from_text(text: str) -> DateSpan | str | None:
    return (parse(re.sub(r"\s*–\s*", "/", text)) or parse(text) or text.strip()) if text.strip() else None
