"""Dates: RIS's `2017/06/12/other information`, and the forms of ISO 8601-2 that biblatex reads.

What is no plain date stands in the part for other information: the end of a range (`to 2018-01-31`; `to ..` where
it is open), `circa`, `uncertain`, a season or another word for the time of the year.
"""

from __future__ import annotations

import re

from bibtools.formats.dates import MONTHS

_WORDS = {"21": "Spring", "22": "Summer", "23": "Autumn", "24": "Winter"}
SEASONS = {word.lower(): number for number, word in _WORDS.items()} | {"fall": "23"}
"""The number that ISO 8601-2 gives a season, by its name."""
_MARKS = {"~": "circa", "?": "uncertain", "%": "circa, uncertain"}
_UNMARKS = {word: mark for mark, word in _MARKS.items()}
_EDTF = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?(?P<mark>[~?%]?)\Z", re.ASCII)
_RIS = re.compile(r"(\d{4})(?:[/-]?(\d{1,2})?(?:[/-]?(\d{1,2})?)?)?(?:[/\s]+(.*))?\Z", re.ASCII | re.DOTALL)
_YEARS = re.compile(r"(\d{4})\s?[-–/]{1,3}\s?(\d{4})\Z", re.ASCII)
_ISO_TIME = re.compile(r"(\d{4}-\d{2}-\d{2})T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})?\Z", re.ASCII)
_WORD = re.compile(r"[a-z]{3,}")
_PART = re.compile(r"\d+", re.ASCII)
_LONGEST = 60


def render_date(text: str) -> str | None:
    """A date of biblatex as RIS writes it; None for what has no such form.

    >>> render_date("2017-06-12"), render_date("2017"), render_date("2017-06/2018-01"), render_date("1850~")
    ('2017/06/12/', '2017///', '2017/06//to 2018-01', '1850///circa')
    """
    begin, slash, end = text.strip().partition("/")
    match = _EDTF.match(begin)
    if match is None or (slash and end not in ("", "..") and not _EDTF.match(end)):
        return None
    month, day, other = match["month"] or "", match["day"] or "", []
    if month in _WORDS:
        other.append(_WORDS[month])
        month = ""
    elif not _is_month_and_day(month, day):
        return None
    other += [_MARKS[match["mark"]]] if match["mark"] else []
    other += [f"to {end or '..'}"] if slash else []
    return f"{match['year']}/{month}/{day}/{', '.join(other)}"


def parse_date(text: str, year: str = "") -> tuple[str, str]:
    """A date of RIS as biblatex writes it, and what was not understood; `year` is for dates that have none.

    Other programs' forms are read too: `2017-06-12`, `12 Jun`, `June 2017`. No date is an empty text.

    >>> parse_date("2017/06//to 2018-01"), parse_date("Jun 12", "2017"), parse_date("in press")
    (('2017-06/2018-01', ''), ('2017-06-12', ''), ('', 'in press'))
    """
    text = " ".join(text[:_LONGEST].split())
    if (time := _ISO_TIME.match(text)) is not None:
        text = time[1]
    text = _YEARS.sub(r"\1///to \2", text)
    match = _RIS.match(text)
    if match is None or (not match[2] and _in_words(match[4] or "", match[1])[0]):
        return _in_words(text, year)
    month, day, other = (match[2] or "").zfill(2), (match[3] or "").zfill(2), match[4] or ""
    date = match[1]
    if month != "00" and _is_month_and_day(month, "" if day == "00" else day):
        date += f"-{month}" + (f"-{day}" if day != "00" else "")
    elif month != "00" or day != "00":
        return date, text
    return _with_other(date, other)


def _with_other(date: str, other: str) -> tuple[str, str]:
    """The date with what its other information adds."""
    rest, end = other, ""
    if (found := re.search(r"(?:\A|, )to (\S+)\Z", other)) and (found[1] == ".." or _EDTF.match(found[1])):
        rest, end = other[: found.start()], "/" + found[1].removeprefix("..")
    for word, mark in sorted(_UNMARKS.items(), key=lambda pair: -len(pair[0])):
        if rest.lower() == word or rest.lower().endswith(f", {word}"):
            rest, end = rest[: len(rest) - len(word)].rstrip(", "), mark + end
            break
    if rest.lower() in SEASONS and len(date) == len("2017"):
        return f"{date}-{SEASONS[rest.lower()]}{end}", ""
    return date + end, rest.strip("/ ")


def _in_words(text: str, year: str) -> tuple[str, str]:
    """Month and day as words or numbers, as EndNote and publishers have them beside `PY`."""
    words, numbers = _WORD.findall(text.lower()), _PART.findall(text)
    years = [number for number in numbers if len(number) == 4] or [year] * bool(re.fullmatch(r"\d{4}", year))
    days = [number.zfill(2) for number in numbers if len(number) <= 2]
    months = [MONTHS.index(word[:3]) + 1 for word in words if word[:3] in MONTHS]
    if len(years) != 1 or len(words) != len(months) or len(months) != 1 or len(days) > 1:
        return "", text
    month = f"{months[0]:02d}"
    if not _is_month_and_day(month, days[0] if days else ""):
        return "", text
    return "-".join([years[0], month, *days]), ""


def _is_month_and_day(month: str, day: str) -> bool:
    return (not month or "01" <= month <= "12") and (not day or (bool(month) and "01" <= day <= "31"))
