"""Citation keys: a rule for new ones; a key that exists is never changed.

The default is the folded surname, the year of the first version and the first significant word of the title:
`vandermaaten2008visualizing`. Patterns are written like JabRef's and Better BibTeX's, in braces: `{Auth3}{yy}`.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from bibtools import latex, names
from bibtools.errors import UsageError
from bibtools.keyparts import (
    CASES,
    MODIFIERS,
    NUMBERED,
    TELLING_APART,
    VALUES,
    Facts,
    Part,
    Words,
    made_from,
    text_of,
)
from bibtools.model import Entry, Record
from bibtools.text import fold

DEFAULT_PATTERN = "{family}{year}{word}"

_PLACEHOLDER = re.compile(r"\{([A-Za-z]+?)([0-9]{0,2})((?::(?:[a-z]+|[:._+/-]))*)\}")
_MODIFIER = re.compile(r":([a-z]+|[:._+/-])")
_LITERAL = re.compile(r"[A-Za-z0-9:._+/-]*\Z")
_NUMBER = re.compile(r"[1-9][0-9]?\Z")
_WORD = re.compile(r"[A-Za-z0-9]+")
_NOT_KEY = re.compile(r"[^a-z0-9]+")
_NOT_ID = re.compile(r"[^A-Za-z0-9.]+")
_USABLE_KEY = re.compile(r"[^\s,{}()\"#%~\\'=@]{1,200}\Z")
_APOSTROPHES = str.maketrans("", "", "'’‘`´")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)", re.ASCII)
_MAX_LENGTH = 80
_MOST_TRIES = 1000

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """A rule for citation keys, as :func:`parse_pattern` read it."""

    parts: tuple[Part, ...]

    @property
    def has_words(self) -> bool:
        """Whether another word of the title makes another key."""
        return any(part.name in ("word", "words") for part in self.parts)

    @property
    def letters(self) -> int | None:
        """How many letters stand at `lettersN`, or 0 for `letter`: what makes keys differ; None without them."""
        return next((part.number for part in self.parts if part.name in TELLING_APART), None)


def assign(
    records: Sequence[Record],
    taken: Mapping[str, str],
    pattern: str = DEFAULT_PATTERN,
    reserved: Container[str] = frozenset(),
) -> dict[str, str]:
    """A citation key for each record: record id → key.

    `taken` are the keys that exist, key → record id; a record that has one keeps it (the first, of several). A
    record that stands in a structured source keeps the key that it has there if nobody else has it. Of the others
    the first in order gets the key of the pattern, the next one the next significant word of its title instead,
    then a letter: a, b, … Keys are unique whatever their case (BibTeX folds it). `reserved` are keys that belong
    to nobody here, in `casefold`. UsageError (`citation-key-pattern`) for a pattern that cannot be read.
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


def bases(record: Record, rules: Sequence[Pattern]) -> list[str]:
    """What each of the patterns makes of a record, before anything is done about keys that are in use."""
    facts = _facts(record)
    return [_render(rule, facts) for rule in rules]


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

    Placeholders: `family` (of the first author), `last` (of the last, where there are several), `families` (of
    up to three, `familiesN` of up to N, else the first and `etal`), `authorsN` (of the first N), `etalN` (of the
    first N, and `etal` where there are more), `authN` (first N letters of the first), `initials` (first letters
    of all families but the first, as in dblp's keys), `alpha` (the label in BibTeX's style alpha), `year`, `yy`,
    `word` (first significant word of the title), `wordsN` (the first N), `titleN` (the first N words of any kind),
    `id` (of the record), `letter` (always a letter: a, b, …), `lettersN` (always N letters, made from the id).

    A name in capitals, or with one, asks for capitals: `{Family}`, `{Words3}`, `{WORD}`. Modifiers follow a colon:
    `lower`, `upper`, `capitalize` (the first letter of all), `abbr` (first letters of the words), or a sign to put
    between the words: `{families2:-}-{year}`.

    UsageError (`citation-key-pattern`) names what is unknown and what is near it.
    """
    parts: list[Part] = []
    end = 0
    for match in _PLACEHOLDER.finditer(pattern):
        parts += _literal(pattern[end : match.start()], pattern)
        parts.append(_placeholder(match, pattern))
        end = match.end()
    parts += _literal(pattern[end:], pattern)
    if not any(part.name for part in parts):
        raise _refused(pattern, "no placeholder in it", f'such as "{DEFAULT_PATTERN}"')
    return Pattern(parts=tuple(parts))


def _significant(words: Words) -> Words:
    """The words that say what a title is about, in their order."""
    return tuple(w for w in words if len(w) > 1 and not w.isdecimal() and w.lower() not in _FUNCTION_WORDS)


def _words(title: str) -> Words:
    """The words of a LaTeX title, folded."""
    return tuple(_WORD.findall(fold(latex.decode(title, math="unicode")).translate(_APOSTROPHES)))


def _literal(text: str, pattern: str) -> list[Part]:
    if "{" in text or "}" in text:
        unknown = text[max(text.find("{"), 0) :]
        raise _refused(pattern, f'cannot read "{unknown}"', _known_hint(unknown))
    if not _LITERAL.match(text):
        raise _refused(pattern, f'"{text}" cannot stand in a citation key', "letters, digits and : . _ + / - can")
    return [Part(text=text)] if text else []


def _placeholder(match: re.Match[str], pattern: str) -> Part:
    spelled, number, modifiers = match[1], match[2], tuple(_MODIFIER.findall(match[3]))
    name = spelled.lower()
    case = next((case for case, made in CASES.items() if made(name) == spelled), None)
    counts = NUMBERED.get(name, (False,))
    if name not in VALUES or case is None or bool(number) not in counts or (number and not _NUMBER.match(number)):
        raise _refused(pattern, f'no placeholder "{spelled}{number}"', _known_hint(name + number))
    for modifier in modifiers:
        if modifier.isalpha() and modifier not in MODIFIERS:
            raise _refused(pattern, f'no modifier "{modifier}"', _nearest(modifier, list(MODIFIERS)))
    return Part(name=name, case=case, number=int(number or 0), modifiers=modifiers)


def _refused(pattern: str, why: str, hint: str) -> UsageError:
    return UsageError("citation-key-pattern", f'citation key "{pattern}": {why}', hint=hint)


def _known_hint(text: str) -> str:
    known = [f"{name}3" if False not in NUMBERED.get(name, (False,)) else name for name in VALUES]
    return _nearest(text.strip("{}").partition(":")[0].lower(), known)


def _nearest(text: str, known: Sequence[str]) -> str:
    import difflib

    near = difflib.get_close_matches(text, known, n=1, cutoff=0.5)
    return f'did you mean "{near[0]}"?' if near else f"known: {', '.join(known)}"


def _candidates(record: Record, rule: Pattern) -> Iterator[str]:
    """The keys a record may get, best first, without end."""
    own = record.entry or record.source
    if own is not None and _USABLE_KEY.match(own.key):
        yield own.key
    facts = _facts(record)
    if (letters := rule.letters) is not None:
        for number in range(1, _MOST_TRIES):  # a letter makes 26 keys, and where nothing is known only one
            telling = _letters(number) if letters == 0 else made_from(f"{record.id} {number}", letters)
            yield _render(rule, replace(facts, telling=telling))
    found = _choices(rule, facts)
    yield from found
    yield from lettered(found[-1])


def _choices(rule: Pattern, facts: Facts) -> tuple[str, ...]:
    """The key of the pattern, and the one with the next word of the title instead, where there is one."""
    first = _render(rule, facts)
    return (first, _render(rule, facts, skipped=1)) if rule.has_words and len(facts.words) > 1 else (first,)


def _facts(record: Record) -> Facts:
    title = _words(latex.encode(record.title).text)
    return Facts(
        families=tuple(map(names.written_family, record.authors)),
        complete=record.authors_complete,
        year=f"{record.published.year:04d}" if record.published else "",
        words=_significant(title),
        title=title,
        id=_NOT_ID.sub("-", record.id.partition(":")[2]).strip("-."),
        fallback=_NOT_KEY.sub("", record.id.lower()) or "unnamed",
    )


def _entry_facts(entry: Entry) -> Facts:
    """What an entry says, in LaTeX, for a key."""
    people = names.parse_bibtex(entry.get("author") or entry.get("editor") or "")
    year = _YEAR.search(entry.get("date") or entry.get("year") or "")
    title = _words(entry.get("title") or "")
    return Facts(
        families=tuple(names.written_family(name) for name in people.names if name.natural),
        complete=people.complete,
        year=year[0] if year else "",
        words=_significant(title),
        title=title,
        id="",
        fallback="entry",
    )


def _render(rule: Pattern, facts: Facts, skipped: int = 0) -> str:
    texts = [(part.name, part.text or text_of(part, facts, skipped)) for part in rule.parts]
    key = "".join(text for _, text in texts)[:_MAX_LENGTH]
    says_something = any(text for name, text in texts if name not in ("", "year", "yy", *TELLING_APART))
    return key if says_something else facts.fallback


def _letters(number: int) -> str:
    """a, b, … z, aa, ab, …"""
    text = ""
    while number:
        number, letter = divmod(number - 1, 26)
        text = chr(ord("a") + letter) + text
    return text
