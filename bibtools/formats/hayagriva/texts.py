r"""Values of Hayagriva: LaTeX as a formattable string, a person, a date, an address, a language.

In a formattable string braces keep their case and dollars hold mathematics of Typst; a backslash makes the sign
after it plain. Mathematics becomes Unicode; what has no such form stays as the author typed it, dollars and all.
"""

from __future__ import annotations

import ipaddress
import re
from typing import Any
from urllib.parse import urlsplit

from bibtools import latex
from bibtools.model import Name, PartialDate
from bibtools.text import squeeze

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff\ue000\ue001]")
_SIGNS = re.compile(r"[\\{}$]")
_OPEN, _CLOSE = "\ue000", "\ue001"
_PROTECTED = re.compile(r"(?<![\\}])\{((?:[^{}\\$]|\{[^{}\\$]*\})*)\}")
_COMMAND_BEFORE = re.compile(r"\\[A-Za-z]+\s*\Z|[\^_]\Z|\\[^A-Za-z]\Z")
_DOLLAR = re.compile(r"(?<!\\)\$")
_ESCAPED_DOLLAR = re.compile(r"\\\$")
_FIRST = re.compile(f"\\A{_OPEN}([^{_CLOSE}]*){_CLOSE}(\\s+)")
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([~?%]?)\Z", re.ASCII)
_SEASONS = {"21": 1, "22": 2, "23": 3, "24": 4}
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?\Z", re.ASCII)
_LANGUAGES = {
    "english": "en", "american": "en-US", "usenglish": "en-US", "british": "en-GB", "ukenglish": "en-GB",
    "german": "de", "ngerman": "de", "austrian": "de-AT", "naustrian": "de-AT", "swissgerman": "de-CH",
    "nswissgerman": "de-CH", "french": "fr", "francais": "fr", "canadien": "fr-CA", "spanish": "es",
    "italian": "it", "portuguese": "pt", "brazilian": "pt-BR", "brazil": "pt-BR", "dutch": "nl", "danish": "da",
    "swedish": "sv", "norwegian": "no", "nynorsk": "nn", "finnish": "fi", "polish": "pl", "czech": "cs",
    "slovak": "sk", "slovene": "sl", "slovenian": "sl", "croatian": "hr", "serbian": "sr", "hungarian": "hu",
    "romanian": "ro", "bulgarian": "bg", "russian": "ru", "ukrainian": "uk", "greek": "el", "turkish": "tr",
    "latin": "la", "catalan": "ca", "galician": "gl", "basque": "eu", "hebrew": "he", "arabic": "ar",
    "persian": "fa", "hindi": "hi", "japanese": "ja", "korean": "ko", "chinese": "zh", "vietnamese": "vi",
}  # fmt: skip
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?"
_HOST = re.compile(rf"(?:{_LABEL}\.){{0,20}}{_LABEL}\Z")
_IN_ADDRESS = re.compile(r"[!#-&(-;=?-Z_a-z~\[\]']+\Z")


def clean(text: str) -> str:
    """A text as one line without control characters."""
    return squeeze(_CONTROL.sub("", squeeze(text)))


def plain(value: str) -> str:
    """A LaTeX value as plain text: of persons, numbers and all else that is no formattable string."""
    return clean(latex.decode(_CONTROL.sub("", squeeze(value)), math="unicode"))


def formattable(value: str) -> str:
    r"""A LaTeX value as a formattable string.

    >>> formattable(r"The {BERT} of \{0, 1\} costs \$5 at $\alpha^2$")
    'The {BERT} of \\{0, 1\\} costs \\$5 at α²'
    """
    marked = _PROTECTED.sub(_mark, _CONTROL.sub("", squeeze(value)))
    text = _SIGNS.sub(r"\\\g<0>", clean_marked(latex.decode(marked, math="unicode")))
    text = _FIRST.sub(f"{_OPEN}\\1\\2{_CLOSE}", text)  # title case swallows the blank behind them
    return text.replace(_OPEN, "{").replace(_CLOSE, "}")


def shows_tex(value: str) -> bool:
    """Whether mathematics of a value has no form in Unicode, and so stays TeX."""
    return bool(_DOLLAR.search(value)) and "$" in plain(_ESCAPED_DOLLAR.sub("", value))


def clean_marked(text: str) -> str:
    """As :func:`clean`, with the marks of protected words left in."""
    return squeeze("".join(char for char in text if char in (_OPEN, _CLOSE) or not _CONTROL.match(char)))


def _mark(match: re.Match[str]) -> str:
    """Braces that protect a word; those that belong to a command or to mathematics stay TeX's."""
    before = match.string[: match.start()]
    inside = match[1].replace("{", "").replace("}", "")
    in_math = len(_DOLLAR.findall(before)) % 2 == 1
    if _COMMAND_BEFORE.search(before[-40:]) or in_math or not any(map(str.isupper, inside)):
        return match[0]
    return f"{_OPEN}{inside}{_CLOSE}"


def person(name: Name) -> Any:
    """A person as `Family, Given` where that reads back so, else in parts. The texts are LaTeX."""
    texts = (name.literal or name.family, name.given, name.particle, name.suffix)
    family, given, particle, suffix = map(plain, texts)
    if not family:
        family, given = particle or given or suffix, ""
    simple = not name.literal and given and not particle and not suffix and "," not in family + given
    if simple and not any(word[:1].islower() for word in family.split()):
        return f"{family}, {given}"
    parts = {"name": family, "given-name": given, "prefix": particle, "suffix": suffix}
    return {part: text for part, text in parts.items() if text}


def date(value: str) -> Any:
    """A date of biblatex, of a range the beginning; None for what Typst would not read."""
    match = _DATE.match(value.partition("/")[0].partition("T")[0].strip())
    if match is None:
        return None
    year, month, day, mark = match.groups()
    if month in _SEASONS:
        season = {"year": int(year), "season": _SEASONS[month]}
        return {**season, "approximate": True} if mark else season
    if month and not (1 <= int(month) <= 12 and (not day or 1 <= int(day) <= _DAYS[int(month) - 1])):
        return None
    if month == "02" and day == "29" and not _leaps(int(year)):
        return None
    found = PartialDate(int(year), int(month) if month else None, int(day) if day else None)
    return f"~{found}" if mark else str(found)


def _leaps(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def address(value: str) -> str | None:
    """An address that Typst's reader of addresses accepts, else None."""
    value = re.sub(r"\\([#$%&_{}~])", r"\1", value).strip()
    try:
        parts = urlsplit(value)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https", "ftp") or "@" in parts.netloc or not _IN_ADDRESS.match(value):
        return None
    if not _HOST.match(host) or "xn--" in host or "[" in parts.netloc or port == 0:
        return None
    if host.rpartition(".")[2][:1].isdigit():
        try:
            ipaddress.IPv4Address(host)
        except ValueError:
            return None
    return value


def language(value: str) -> str | None:
    """A language as a Unicode identifier, else None.

    >>> language("ngerman"), language("pt-BR"), language("Klingon")
    ('de', 'pt-BR', None)
    """
    text = plain(value)
    return _LANGUAGES.get(text.lower()) or (text if _LANGUAGE.match(text) else None)


def numeric(value: str) -> Any:
    """A number as such, any other text as it is."""
    text = re.sub(r"\s*(?:-{2,3}|–|—)\s*", "-", plain(value))
    return int(text) if re.fullmatch(r"0|[1-9]\d{0,8}", text, re.ASCII) else text
