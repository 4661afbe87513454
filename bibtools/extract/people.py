"""Lists of authors as people write them, and whether a text is one."""

from __future__ import annotations

import re
import unicodedata

_PARTICLES_TEXT = (
    "af al am ap at av bin d d' da dal de del della den der des di do dos du e el ibn la las le les "
    "lo los of og san st st. ten ter the 't to und van ver vom von y zu zum zur"
)
_PARTICLES = frozenset(_PARTICLES_TEXT.split()) - {"of", "the", "to", "at", "am"}
_GROUPS = frozenset(["collaboration", "collaborations", "consortium", "group", "groups", "team", "teams"])
_NO_NAMES_TEXT = (
    "a about after all an and are as at be before between by can do does for from have how i if in "
    "into is it its my no not of off on or our out over than that the their then there these they "
    "this those to toward towards under until up via was we were what when where which while who why "
    "will with within without you your see read also via using based new paper papers article "
    "abstract arxiv preprint proceedings journal conference workshop university institute department "
    "school laboratory lab labs google deepmind microsoft openai research inc today tomorrow "
    "yesterday monday tuesday wednesday thursday friday saturday sunday january february march june "
    "july august september october november december"
)
_NO_NAMES = frozenset(_NO_NAMES_TEXT.split())
_ALSO_NAMES = frozenset(("an", "can", "do", "how", "in", "my", "no", "on", "read", "the", "to", "you"))
_SUFFIXES = frozenset(["jr", "jr.", "sr", "sr.", "ii", "iii", "iv", "phd", "ph.d.", "md"])
_ET_AL = re.compile(
    r"[\s,;]*(?:\band\s+|&\s*)?(?:\bet\.?\s?al\b\.?|\band\s+(?:\d+\s+)?(?:others|colleagues|coworkers"
    r"|co-workers)\b\.?|\(\s?\d+ (?:more|additional) authors?[^()]{0,40}\)|…|\.\.\.)\s*$",
    re.IGNORECASE,
)
_JOINT = re.compile(r"\s+and\s+|\s*&\s*|\s*;\s*|\s+und\s+|\s+et\s+(?!al)", re.IGNORECASE)
_MARKS = re.compile(
    r"(?<=[^\W\d_])[\d*†‡§¶∗⋆♢♠,]*[\d*†‡§¶∗⋆♢♠](?=[\s,;]|$)|[†‡§¶∗⋆♢♠]+|\^\{?[^{}\s]{1,9}\}?|\$\^[^$]{1,20}\$"
)
_BRACKETS = re.compile(r"\([^()]{0,300}\)")
_INITIALS = re.compile(r"(?:[^\W\d_]\.?-?[ ]?){1,4}$")
_INITIAL_THEN_TITLE = re.compile(r",\s(?:[A-Z]\.[- ]?)+\s?[^\s.]{2,}\s[^\s.]{2,}")
_LAST_INITIAL = re.compile(r"[^\W\d_]{2} (?:[A-Z]\.[ -]?){1,3}\Z")
_MAX = 200_000


def split_people(text: str) -> tuple[tuple[str, ...], bool]:
    """The names of a list of authors, each as written, and whether "et al." ends it. Nothing is checked.

    >>> split_people("Vaswani, A., Shazeer, N., & Polosukhin, I.")
    (('Vaswani, A.', 'Shazeer, N.', 'Polosukhin, I.'), False)
    >>> split_people("Ashish Vaswani, Noam Shazeer et al.")
    (('Ashish Vaswani', 'Noam Shazeer'), True)
    """
    text = _BRACKETS.sub(" ", text[:_MAX]) if not _ET_AL.search(text[-80:]) else text[:_MAX]
    text = _MARKS.sub("", " ".join(text.split())).strip(" ,;:")
    more = _ET_AL.search(text, max(0, len(text) - 80))
    if more:
        text = text[: more.start()].strip(" ,;")
    text = re.sub(r"^(?:by|authors?:)\s+", "", text, flags=re.IGNORECASE)
    text = re.sub(r",\s*(?=(?:and|&)\s)", " ", text)
    groups = [part.strip(" ,") for part in _JOINT.split(text)]
    names = [name for group in groups if group for name in _of_group(group, alone=len(groups) == 1)]
    return tuple(_without_lone_full_stop(name) for name in names if name), more is not None


def _without_lone_full_stop(name: str) -> str:
    last = name.rpartition(" ")[2]
    return (
        name[:-1]
        if name.endswith(".") and len(last) > 3 and last.lower() not in _SUFFIXES and "." not in last[:-1]
        else name
    )


def _of_group(group: str, *, alone: bool) -> list[str]:
    """The names between two "and" or ";": separated by commas, or one "Family, Given"."""
    head, colon, rest = group.partition(": ")
    if colon and head.rpartition(" ")[2].lower() in _GROUPS:
        return [head, *_of_group(rest, alone=alone)]
    parts = [part.strip() for part in group.split(",")]
    parts = [part for part in parts if part and not part.isdigit()]
    parts = _with_suffixes(parts)
    pairs = len(parts) % 2 == 0
    if pairs and all(map(_is_initials, parts[1::2])) and not any("." in p or _is_initials(p) for p in parts[::2]):
        return [f"{family}, {given}" for family, given in zip(parts[::2], parts[1::2], strict=True)]
    one = len(parts) == 2 and " " not in parts[0] and not _is_initials(parts[0])
    if one and (not alone or _LAST_INITIAL.search(parts[1])):
        return [f"{parts[0]}, {parts[1]}"]  # "Vaswani, Ashish and Shazeer, Noam", "Knuth, Donald E."
    if len(parts) == 3 and not alone and " " not in parts[0] and " " not in parts[1] and " " in parts[2]:
        return [f"{parts[0]}, {parts[1]}", parts[2]]  # MLA: "Vaswani, Ashish, Noam Shazeer and …"
    return parts


def _with_suffixes(parts: list[str]) -> list[str]:
    joined: list[str] = []
    for part in parts:
        if joined and part.lower() in _SUFFIXES:
            joined[-1] += f", {part}"
        else:
            joined.append(part)
    return joined


def _is_initials(text: str) -> bool:
    compact = text.replace(".", "").replace(" ", "").replace("-", "")
    return (
        0 < len(compact) <= 4
        and compact.isupper()
        and _INITIALS.match(text) is not None
        and ("." in text or len(compact) <= 3)
    )


def is_name(text: str) -> bool:
    """Whether a text can be one person's name or a group's: capitalised words, initials, particles, no digits.

    >>> [is_name(n) for n in ("Josh van Amersfoort", "Vaswani, A.", "Gemma Team", "the results", "Vaswani")]
    [True, True, True, False, True]
    """
    words = text.replace(",", " ").split()
    if _INITIAL_THEN_TITLE.search(text):
        return False
    if not 1 <= len(words) <= 7 or len(text) > 80:
        return False
    full = 0
    for number, word in enumerate(words):
        lower = word.lower()
        if lower in _NO_NAMES and not _is_name_all_the_same(word, number, words):
            return False
        if lower in _PARTICLES or lower in _SUFFIXES:
            continue
        if not _is_name_word(word):
            return False
        full += sum(c.isalpha() for c in word) > 1
    return full > 0


def _is_name_all_the_same(word: str, number: int, words: list[str]) -> bool:
    """Whether a word that is mostly none is one here: "Smith A", "Thu-Hien To", "The ATLAS Collaboration"."""
    if number == 0:
        group = word == "The" and words[-1].lower() in _GROUPS
        return group or (word in ("An", "Can") and len(words) == 2 and len(words[1]) < 7)
    if len(word) == 1:
        return word.isupper()
    return word[0].isupper() and word.lower() in _ALSO_NAMES and len(words) <= 3


def _is_name_word(word: str) -> bool:
    letters = [c for c in word if c.isalpha()]
    if "\\" in word:  # an accent as TeX writes it
        return any(c.isupper() for c in letters)
    if not letters or not all(
        c.isalpha() or unicodedata.category(c)[0] == "M" or c in ".'’`‘-‐\\{}\"^~=" for c in word
    ):
        return False
    if any(sum(c.isalpha() for c in part) > 3 for part in word.split(".")[:-1]):
        return False  # the end of a sentence, not an abbreviated name
    start = letters[0]
    caseless = start.lower() == start.upper()
    return start.isupper() or caseless or (len(word) > 2 and word[1] in "'’" and word[2].isupper())


def is_full_name(text: str) -> bool:
    """Whether a name has at least two parts, or is a group's."""
    return is_name(text) and len(text.split()) > 1


def parse_people(text: str, *, surnames: bool = False) -> tuple[tuple[str, ...], bool] | None:
    """The names of a list of authors and whether more are meant ("et al."); None if it is no such list.

    One name is a list of one. Surnames alone pass only with "et al.", "and", "&", or if `surnames` are expected.

    >>> parse_people("Smith & Jones"), parse_people("Imagen 3"), parse_people("Bread, Milk, Eggs")
    ((('Smith', 'Jones'), False), None, None)
    """
    names, more = split_people(text)
    if not names or not all(map(is_name, names)):
        return None
    if sum(map(is_full_name, names)) * 2 >= len(names):
        return names, more
    joint = surnames or more or (len(names) <= 3 and _JOINT.search(text) is not None)
    return (names, more) if joint else None
