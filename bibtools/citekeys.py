"""Citation keys: a rule for new ones; a key that exists is never changed.

The default is the folded surname, the year of the first version and the first significant word of the title:
`vandermaaten2008visualizing`. Patterns are written like JabRef's and Better BibTeX's, in braces: `{auth3}{yy}`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from bibtools import latex, names
from bibtools.errors import UsageError
from bibtools.model import Entry, Name, Record
from bibtools.text import fold

DEFAULT_PATTERN = "{family}{year}{word}"

_PLACEHOLDER = re.compile(r"\{([a-z]+?)([0-9]{0,2})((?::[a-z]+)*)\}")
_LITERAL = re.compile(r"[A-Za-z0-9:._+/-]*\Z")
_COUNT = {True: re.compile(r"[1-9][0-9]?\Z"), False: re.compile(r"\Z")}  # of placeholders with and without number
_WORD = re.compile(r"[a-z0-9]+")
_NOT_KEY = re.compile(r"[^a-z0-9]+")
_NOT_ID = re.compile(r"[^A-Za-z0-9.]+")
_USABLE_KEY = re.compile(r"[^\s,{}()\"#%~\\'=@]{1,200}\Z")
_APOSTROPHES = str.maketrans("", "", "'’‘`´")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)", re.ASCII)
_MAX_FAMILIES = 3
_MAX_LENGTH = 80

# Words that say nothing about what a title is about: articles, prepositions, conjunctions, pronouns,
# auxiliary and question words.
_FUNCTION_WORDS_TEXT = """
a about above across after against all along also am among an and any are around as at be been before behind
being below between beyond both but by can could did do does doing done down during each either every for
from had has have having he her here him his how i if in inside into is isnt it its lets may me might more
most much must my near neither no nor not of off on once one only onto or other our out outside over per
same shall she should since so some such than that thats the their them then there these they this those
through throughout to too toward towards under until up upon us very via versus vs was we were what whats
when where whether which while who whom whos whose why will with within without would yet you your
"""
_FUNCTION_WORDS = frozenset(_FUNCTION_WORDS_TEXT.split())

_MODIFIERS: dict[str, Callable[[str], str]] = {
    "lower": str.lower,
    "upper": str.upper,
    "capitalize": lambda text: text[:1].upper() + text[1:],
    "abbr": lambda text: text[:1],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    """One piece of a pattern: a literal text (`name` empty), or a placeholder with its number and modifiers."""

    name: str = ""
    number: int = 0
    modifiers: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A rule for citation keys, as :func:`parse_pattern` read it."""

    parts: tuple[_Part, ...]

    @property
    def has_words(self) -> bool:
        """Whether another word of the title makes another key."""
        return any(part.name in ("word", "words") for part in self.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    """What keys are made from: everything folded, `words` significant ones only."""

    families: tuple[str, ...]
    year: str
    words: tuple[str, ...]
    title: tuple[str, ...]
    id: str
    fallback: str


def assign(
    records: Sequence[Record],
    taken: Mapping[str, str],
    pattern: str = DEFAULT_PATTERN,
    reserved: Container[str] = frozenset(),
) -> dict[str, str]:
    """A citation key for each record: record id → key.

    `taken` are the keys that exist, key → record id; a record that has one keeps it (the first, of several). A
    record that no service described keeps the key of its own entry if nobody else has it. Of the others the first
    in order gets the key of the pattern, the next one the next significant word of its title instead, then a
    letter: a, b, … Keys are unique whatever their case (BibTeX folds it). `reserved` are keys that belong to
    nobody here, in `casefold`. UsageError (`citation-key-pattern`) for a pattern that cannot be read.
    """
    rule = parse_pattern(pattern)
    keys: dict[str, str] = {}
    for key, record_id in taken.items():
        keys.setdefault(record_id, key)
    used = {key.casefold() for key in taken}
    assigned: dict[str, str] = {}
    for record in records:
        if record.id in assigned:
            continue
        key = keys.get(record.id, "")
        if not key:
            free = (k for k in _candidates(record, rule) if k.casefold() not in used)
            key = next(k for k in free if k.casefold() not in reserved)
            used.add(key.casefold())
        assigned[record.id] = key
    return assigned


def choices(entry: Entry) -> tuple[str, ...]:
    """The keys by the default pattern for an entry that has none, best first, never without one.

    Where all are taken, a letter behind the last (:func:`lettered`) makes one that is not.
    """
    return _choices(parse_pattern(DEFAULT_PATTERN), _entry_facts(entry))


def lettered(key: str) -> Iterator[str]:
    """The key with a, b, … z, aa, ab, … behind it, without end."""
    return (key + _letters(number) for number in count(1))


def parse_pattern(pattern: str) -> Pattern:
    """Read a pattern: literal characters (`A-Za-z0-9:._+/-`) and placeholders in braces.

    Placeholders: `family` (of the first author), `families` (of up to three, else the first and `etal`), `authN`
    (first N letters of the first), `year`, `yy`, `word` (first significant word of the title), `wordsN` (the first
    N), `titleN` (the first N words of any kind), `id` (of the record). Modifiers follow a colon: `lower`, `upper`,
    `capitalize`, `abbr` (first letter): `{family:capitalize}{year}`.

    UsageError (`citation-key-pattern`) names what is unknown and what is near it.
    """
    parts: list[_Part] = []
    end = 0
    for match in _PLACEHOLDER.finditer(pattern):
        parts += _literal(pattern[end : match.start()], pattern)
        parts.append(_placeholder(match, pattern))
        end = match.end()
    parts += _literal(pattern[end:], pattern)
    if not any(part.name for part in parts):
        raise _refused(pattern, "no placeholder in it", f'such as "{DEFAULT_PATTERN}"')
    return Pattern(parts=tuple(parts))


def significant_words(title: str) -> tuple[str, ...]:
    """The words of a title that say what it is about, folded to `[a-z0-9]`; neither numbers nor single letters.

    >>> significant_words("Who's asking? On the Mechanics of t-SNE in 3D")
    ('asking', 'mechanics', 'sne', '3d')
    """
    return _significant(_words(latex.encode(title).text))


def _significant(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(w for w in words if len(w) > 1 and not w.isdecimal() and w not in _FUNCTION_WORDS)


def _words(title: str) -> tuple[str, ...]:
    """The words of a LaTeX title, folded."""
    return tuple(_WORD.findall(fold(latex.decode(title, math="unicode")).lower().translate(_APOSTROPHES)))


def _literal(text: str, pattern: str) -> list[_Part]:
    if "{" in text or "}" in text:
        unknown = text[max(text.find("{"), 0) :]
        raise _refused(pattern, f'cannot read "{unknown}"', _known_hint(unknown))
    if not _LITERAL.match(text):
        raise _refused(pattern, f'"{text}" cannot stand in a citation key', "letters, digits and : . _ + / - can")
    return [_Part(text=text)] if text else []


def _placeholder(match: re.Match[str], pattern: str) -> _Part:
    name, number, modifiers = match[1], match[2], tuple(match[3].split(":")[1:])
    if name not in _VALUES or not _COUNT[name in _NUMBERED].match(number):
        raise _refused(pattern, f'no placeholder "{name}{number}"', _known_hint(name + number))
    for modifier in modifiers:
        if modifier not in _MODIFIERS:
            raise _refused(pattern, f'no modifier "{modifier}"', _nearest(modifier, list(_MODIFIERS)))
    return _Part(name=name, number=int(number or 0), modifiers=modifiers)


def _refused(pattern: str, why: str, hint: str) -> UsageError:
    return UsageError("citation-key-pattern", f'citation key "{pattern}": {why}', hint=hint)


def _known_hint(text: str) -> str:
    known = [f"{name}3" if name in _NUMBERED else name for name in _VALUES]
    return _nearest(text.strip("{}").partition(":")[0].lower(), known)


def _nearest(text: str, known: Sequence[str]) -> str:
    import difflib

    near = difflib.get_close_matches(text, known, n=1, cutoff=0.5)
    return f'did you mean "{near[0]}"?' if near else f"known: {', '.join(known)}"


def _candidates(record: Record, rule: Pattern) -> Iterator[str]:
    """The keys a record may get, best first, without end."""
    if record.entry is not None and _USABLE_KEY.match(record.entry.key):
        yield record.entry.key
    found = _choices(rule, _facts(record))
    yield from found
    yield from lettered(found[-1])


def _choices(rule: Pattern, facts: _Facts) -> tuple[str, ...]:
    """The key of the pattern, and the one with the next word of the title instead, where there is one."""
    first = _render(rule, facts)
    return (first, _render(rule, facts, skipped=1)) if rule.has_words and len(facts.words) > 1 else (first,)


def _facts(record: Record) -> _Facts:
    words = _words(latex.encode(record.title).text)
    return _Facts(
        families=_families(record.authors),
        year=f"{record.published.year:04d}" if record.published else "",
        words=_significant(words),
        title=words,
        id=_NOT_ID.sub("-", record.id.partition(":")[2]).strip("-."),
        fallback=_NOT_KEY.sub("", record.id.lower()) or "unnamed",
    )


def _entry_facts(entry: Entry) -> _Facts:
    """What an entry says, in LaTeX, for a key."""
    people = names.parse_bibtex(entry.get("author") or entry.get("editor") or "").names
    year = _YEAR.search(entry.get("date") or entry.get("year") or "")
    words = _words(entry.get("title") or "")
    return _Facts(
        families=_families([name for name in people if name.natural]),
        year=year[0] if year else "",
        words=_significant(words),
        title=words,
        id="",
        fallback="entry",
    )


def _families(people: Sequence[Name]) -> tuple[str, ...]:
    """The first three families, or of more the first and `etal`."""
    shown = people if len(people) <= _MAX_FAMILIES else people[:1]
    families = [_NOT_KEY.sub("", names.key_family(name).lower()) for name in shown]
    return (*families, "etal") if len(shown) < len(people) else tuple(families)


def _render(rule: Pattern, facts: _Facts, skipped: int = 0) -> str:
    texts = [(part, part.text or _VALUES[part.name](facts, part.number, skipped)) for part in rule.parts]
    key = "".join(_modified(text, part.modifiers) for part, text in texts)[:_MAX_LENGTH]
    says_something = any(text for part, text in texts if part.name not in ("", "year", "yy"))
    return key if says_something else facts.fallback


def _modified(text: str, modifiers: tuple[str, ...]) -> str:
    for modifier in modifiers:
        text = _MODIFIERS[modifier](text)
    return text


def _letters(number: int) -> str:
    """a, b, … z, aa, ab, …"""
    text = ""
    while number:
        number, letter = divmod(number - 1, 26)
        text = chr(ord("a") + letter) + text
    return text


_VALUES: dict[str, Callable[[_Facts, int, int], str]] = {
    "family": lambda facts, number, skipped: "".join(facts.families[:1]),
    "families": lambda facts, number, skipped: "".join(facts.families),
    "auth": lambda facts, number, skipped: "".join(facts.families[:1])[:number],
    "year": lambda facts, number, skipped: facts.year,
    "yy": lambda facts, number, skipped: facts.year[-2:],
    "word": lambda facts, number, skipped: "".join(facts.words[skipped : skipped + 1]),
    "words": lambda facts, number, skipped: "".join(facts.words[skipped : skipped + number]),
    "title": lambda facts, number, skipped: "".join(facts.title[:number]),
    "id": lambda facts, number, skipped: facts.id,
}
_NUMBERED = ("auth", "words", "title")
