"""Normal forms of plain text: for comparing, for folding into keys, for digests; words that a user means."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping

_BLANK = re.compile(r"\s+")
_WRAPPED_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]\s*\n\s*(?=[a-zà-ÿ])")
_SOFT = {ord(c): None for c in "\u00ad\u200b\u200c\u200d\u2060\ufeff"}
_QUOTES = str.maketrans("‘’‚“”„–—‐‑−", "'''\"\"\"-----")


LONGEST_VALUE = 1_000_000
"""Characters of one value of a bibliography; reading one takes up to a hundred bytes a character for a moment."""


def squeeze(text: str) -> str:
    r"""White space normalised: runs become one blank, none at the ends.

    >>> squeeze("  a\n b ")
    'a b'
    """
    return _BLANK.sub(" ", text).strip()


def shortened(text: str, limit: int = 100) -> str:
    """A text of the user's for a message, cut where it is longer than anybody would write.

    >>> shortened("a" * 200, 10)
    'aaaaaaaaa…'
    """
    return text if len(text) <= limit else text[: limit - 1] + "…"


def number_up_to(most: int, text: str) -> int | None:
    """The number from 1 to `most` that a text of figures is; None for any other, be it thousands of figures long.

    >>> number_up_to(12, "07"), number_up_to(12, "13"), number_up_to(12, "9" * 5000), number_up_to(12, "²")
    (7, None, None, None)
    """
    number = int(text) if text.isdecimal() and len(text) < 10 else 0
    return number if 1 <= number <= most else None


def unwrap(text: str) -> str:
    r"""Lines joined as in a PDF's running text: `meth-⏎ods` becomes `methods`, other breaks blanks.

    >>> unwrap("interpret-\nable meth-\nods\nhelp")
    'interpretable methods help'
    """
    return squeeze(_WRAPPED_HYPHEN.sub("", text))


def normalise(text: str) -> str:
    """The form whose digest identifies a text: compatibility characters, case, quotes, dashes and blanks folded.

    >>> normalise("“ﬁne”  Tuning—now")
    '"fine" tuning-now'
    """
    text = unicodedata.normalize("NFKC", text).translate(_SOFT).translate(_QUOTES)
    return squeeze(text).casefold()


def digest(text: str) -> str:
    """Sixteen hexadecimal digits that identify a text up to :func:`normalise`."""
    return hashlib.sha256(normalise(text).encode("utf-8", "surrogatepass")).hexdigest()[:16]


_UNDECOMPOSED = str.maketrans(
    {
        "ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "đ": "d",
        "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ł": "l", "Ł": "L", "ı": "i", "ħ": "h", "Ħ": "H",
    }
)  # fmt: skip


def fold(text: str) -> str:
    """Letters without accents, as in citation keys and name comparison.

    >>> fold("János Kramár, Bjørn Łukasz")
    'Janos Kramar, Bjorn Lukasz'
    """
    decomposed = unicodedata.normalize("NFKD", text.translate(_UNDECOMPOSED))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def meant(word: str, names: Mapping[str, str]) -> str | None:
    """What a user means by a word, of what has these names: the one so named, else the only one but for case.

    >>> meant("wold", {"Wold": "a", "W": "b"}), meant("wold", {"Wold": "a", "WOLD": "b"})
    ('a', None)
    """
    found = {names[name] for name in ([word] if word in names else _alike(word, names))}
    return found.pop() if len(found) == 1 else None


def near(word: str, names: Iterable[str]) -> list[str]:
    """The names that a user may have meant: those that are the same but for case, else the nearest one."""
    import difflib

    names = list(names)
    return _alike(word, names) or difflib.get_close_matches(word, names, n=1, cutoff=0.5)


def _alike(word: str, names: Iterable[str]) -> list[str]:
    return [name for name in dict.fromkeys(names) if name.casefold() == word.casefold()]
