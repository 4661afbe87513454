"""Which phrases of a text to ask for: few, short, telling, and likely to stand in the service's text unchanged.

The service finds a quoted phrase only where every word stands at its place (the manual's section on search), so a
phrase must keep away from whatever differs between two writings of one text: mathematics, commands, accents,
numbers, line-break hyphens, brackets. Words that the table of commonness does not know are telling but may be
slips; a phrase is the better the fewer words must be right for enough bits of information.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from bibtools.identify.commonness import familiar, rarity
from bibtools.identify.words import LONGEST

_TOKEN = re.compile(r"[A-Za-z]+")
_WORD_CHARACTER = re.compile(r"[^\W_]|['’`´\\$^_]")
_JOINED = re.compile(r"[.:·][^\W\d_]")
_SPLIT_WORD = re.compile(r"[-\u00ad\u2010]\s+\Z")
_JOINS = (".", ":", "'", "’", "_")  # the service takes letters with one of these between them for one word
_SENTENCE = re.compile(r"[.!?;:]['\")\]]*\s")
_NAMED = re.compile(
    r"[\"“]([A-Za-z][A-Za-z -]{8,80})[\"”]|\b[A-Z][a-z]+(?:[ -](?:of|for|from|and|in|with|[A-Z][A-Za-z]+)){2,7}\b"
)
_TITLE_WALL = re.compile(
    r"\$[^$]*\$|\\[A-Za-z]+|\S*[^\x00-\x7f–—‘’“”…\s]\S*|\S*[\\^_{}$]\S*|\S*[A-Za-z]['’`:.][A-Za-z]\S*|-\s*\n\s*"
)
_TITLE_WORD = re.compile(r"[0-9]+(?:[.,][0-9]+)+|[A-Za-z0-9]+")
_NAME_BITS = 14.0
_LIGATURE_LOST = str.maketrans({"\u00ad": "", "\u200b": "", "\u2060": "", "\ufeff": ""})

ENOUGH_BITS = 30.0
"""What a phrase should tell: about 2.9 million texts make 22 bits, and neighbouring words are not independent."""
_MOST_WORDS = 10
LONGEST_TITLE = 2_000
_LONGEST_PHRASE = 90


@dataclass(frozen=True, slots=True)
class Phrase:
    """A run of words to be asked for in quotes; `sentence` counts from 0, `start` is its first word's place."""

    text: str
    sentence: int
    start: int
    bits: float
    chance: float


@dataclass(frozen=True, slots=True)
class _Token:
    """A word of the text with the chance that it stands so elsewhere; `joint` is that of the gap before it."""

    word: str
    sentence: int
    bits: float
    chance: float
    joint: float


def _joint(gap: str) -> float:
    """The chance that two words with this between them are neighbours in another writing of the text."""
    if gap == " ":
        return 0.985
    if (
        not gap
        or gap in _JOINS
        or not gap.isascii()
        or _WORD_CHARACTER.search(gap)
        or _SPLIT_WORD.search(gap)
        or _SENTENCE.match(gap)
    ):
        return 0.0
    if "-" in gap:
        return 0.9 if gap == "-" else 0.5
    if any(bracket in gap for bracket in "()[]{}<>|/"):
        return 0.6
    return 0.97 if gap.isspace() or gap.strip() == "," else 0.85


def _chance(word: str, times: int) -> float:
    """The chance that the word is written right: words met in the table or twice in the text are."""
    if familiar(word.lower()):
        return 0.995
    if times > 1:
        return 0.98
    return 0.93 if len(word) > 3 else 0.88


def _tokens(text: str) -> list[_Token]:
    """The words of a text that may stand in a phrase; a joint of 0 is a wall."""
    text = unicodedata.normalize("NFKC", text[:LONGEST])[:LONGEST].translate(_LIGATURE_LOST)
    found = list(_TOKEN.finditer(text))
    times: dict[str, int] = {}
    for token in found:
        word = token.group().lower()
        times[word] = times.get(word, 0) + 1
    tokens: list[_Token] = []
    stop, sentence, wall = 0, 0, True
    for token in found:
        gap = text[stop : token.start()]
        after = text[token.end() : token.end() + 3]
        sentence += bool(_SENTENCE.search(gap))
        joint = 0.0 if wall else _joint(gap)
        word = token.group()
        before = text[max(0, token.start() - 1) : token.start()]
        whole = not (_WORD_CHARACTER.match(before) or _WORD_CHARACTER.match(after) or _JOINED.match(after))
        whole = whole and gap not in _JOINS
        wall = not whole or bool(_SPLIT_WORD.match(after[:2])) or (len(word) == 1 and word not in "aA")
        if wall or _SPLIT_WORD.search(gap):
            wall = True
        else:
            lower = word.lower()
            tokens.append(_Token(lower, sentence, rarity(lower), _chance(word, times[lower]), joint))
        stop = token.end()
    return tokens


def _phrase_at(tokens: list[_Token], start: int, enough: float) -> Phrase | None:
    """The shortest phrase that begins with this word and tells enough."""
    bits, chance, seen = 0.0, 1.0, set()
    for stop in range(start, min(start + _MOST_WORDS, len(tokens))):
        token = tokens[stop]
        if stop > start:
            if token.joint <= 0.0:
                return None
            chance *= token.joint
        chance *= token.chance
        if token.word not in seen:
            bits += token.bits
            seen.add(token.word)
        if bits >= enough and token.bits and stop - start >= 2:
            text = " ".join(t.word for t in tokens[start : stop + 1])
            if len(text) > _LONGEST_PHRASE:
                return None
            return Phrase(text, tokens[start].sentence, start, bits, chance)
    return None


def phrases(text: str, *, enough: float = ENOUGH_BITS) -> tuple[Phrase, ...]:
    """Phrases of a text that do not overlap, the first of them spread over the text, best first within reach.

    Of every sentence its best phrase comes before any second one, and sentences far apart come first, so that
    any beginning of the list is a fair sample of the text.
    """
    tokens = _tokens(text)
    found = [phrase for i, token in enumerate(tokens) if token.bits and (phrase := _phrase_at(tokens, i, enough))]
    found.sort(key=lambda phrase: (-phrase.chance, len(phrase.text), phrase.start))
    taken: list[Phrase] = []
    used: set[int] = set()
    per_sentence: dict[int, int] = {}
    ranked: list[tuple[int, Phrase]] = []
    for phrase in found:
        places = range(phrase.start, phrase.start + phrase.text.count(" ") + 1)
        if used.isdisjoint(places):
            used.update(places)
            rank = per_sentence.get(phrase.sentence, 0)
            per_sentence[phrase.sentence] = rank + 1
            ranked.append((rank, phrase))
    for rank in sorted({rank for rank, _ in ranked}):
        taken += _spread([phrase for at, phrase in ranked if at == rank], len(tokens))
    return tuple(taken)


def _spread(choice: list[Phrase], length: int) -> list[Phrase]:
    """The phrases in an order in which each is likely to hold and far from those before it."""
    ordered: list[Phrase] = []
    left = list(choice)
    while left:

        def worth(phrase: Phrase) -> tuple[float, int]:
            distance = min((abs(phrase.start - other.start) for other in ordered), default=length)
            return phrase.chance + 0.25 * min(1.0, 3 * distance / max(1, length)), -phrase.start

        best = max(left, key=worth)
        ordered.append(best)
        left.remove(best)
    return ordered


def telling_words(text: str, limit: int = 6) -> tuple[str, ...]:
    """The rarest words of a text, those met more than once first: a name that was coined outlives rewording."""
    times: dict[str, int] = {}
    for token in _tokens(text):
        times[token.word] = times.get(token.word, 0) + 1
    order = list(times)
    rare = [word for word in order if rarity(word) > 8 and len(word) > 2]
    rare.sort(key=lambda word: (-min(times[word], 3), order.index(word)))
    return tuple(rare[:limit])


def names(text: str) -> tuple[str, ...]:
    """Names that a text gives in quotes or in capitals, of three to eight words: often the title, or part of it.

    >>> names('We study "Parameter Efficient Learning" (PEL) of models.')
    ('parameter efficient learning',)
    """
    found: list[str] = []
    for match in _NAMED.finditer(unicodedata.normalize("NFKC", text[:LONGEST])[:LONGEST]):
        words = [word.lower() for word in _TOKEN.findall(match.group())]
        if 3 <= len(words) <= 8 and sum(map(rarity, words)) >= _NAME_BITS:
            found.append(" ".join(words))
    return tuple(dict.fromkeys(found))


def title_runs(title: str) -> tuple[str, ...]:
    """The runs of words of a title that can be asked for, in order; a title without mathematics is one run.

    >>> title_runs("Attention Is All You Need"), title_runs("On $L^2$-extension of closed forms")
    (('attention is all you need',), ('extension of closed forms',))
    """
    title = unicodedata.normalize("NFKC", title[:LONGEST_TITLE])[:LONGEST_TITLE].translate(_LIGATURE_LOST)
    runs: list[str] = []
    for piece in _TITLE_WALL.split(title):
        words = [word.lower() for word in _TITLE_WORD.findall(piece)]
        while words and not (rarity(words[-1]) or words[-1].isdigit()):
            words.pop()
        while words and not rarity(words[0]):
            words.pop(0)
        if words:
            runs.append(" ".join(words))
    return tuple(runs)
