"""A text that git left with conflict markers, taken apart into the versions it came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bibtools import bibfile
from bibtools.bibfile import MarkedConflict, find_conflicts
from bibtools.bibmerge.pairing import Item, items, pair
from bibtools.bibmerge.parts import parts
from bibtools.model import Entry, Field, Span

_UNKNOWN = Field("unknown", "unknown")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """Both sides of a marked text; `base` where the markers show it everywhere (git's styles with a base).

    `size` is how long the longest markers are, `ours_alone` are the places of `ours` that the other side has
    nothing for, `theirs_alone` those of `theirs`.
    """

    ours: str
    theirs: str
    base: str | None
    size: int
    ours_alone: tuple[Span, ...] = ()
    theirs_alone: tuple[Span, ...] = ()


def unmarked(text: str) -> Sides | None:
    r"""Take a marked text apart; None for a text without markers.

    >>> unmarked("<<<<<<< HEAD\na\n=======\nb\n>>>>>>> topic\nc\n").theirs
    'b\nc\n'
    """
    found = find_conflicts(text)
    if not found:
        return None
    ours, ours_spans = _side(text, found, [each.ours for each in found])
    theirs, theirs_spans = _side(text, found, [each.theirs for each in found])
    bases = [each.base for each in found if each.base is not None]
    base = _side(text, found, bases)[0] if len(bases) == len(found) else None
    blank = [tuple(not text[s.start : s.stop].strip() for s in (each.ours, each.theirs)) for each in found]
    return Sides(
        ours=ours,
        theirs=theirs,
        base=base,
        size=max(each.size for each in found),
        ours_alone=tuple(span for span, (_, none) in zip(ours_spans, blank, strict=True) if none),
        theirs_alone=tuple(span for span, (none, _) in zip(theirs_spans, blank, strict=True) if none),
    )


def _side(text: str, found: Iterable[MarkedConflict], chosen: Iterable[Span]) -> tuple[str, list[Span]]:
    """The text with each region replaced by one of its sides, and where these stand in it."""
    pieces: list[str] = []
    spans: list[Span] = []
    at = length = 0
    for conflict, side in zip(found, chosen, strict=True):
        pieces += (text[at : conflict.span.start], text[side.start : side.stop])
        length += conflict.span.start - at
        spans.append(Span(length, length + side.stop - side.start))
        length = spans[-1].stop
        at = conflict.span.stop
    return "".join((*pieces, text[at:])), spans


def likely_base(sides: Sides, rendered: Iterable[Entry]) -> str:
    """What the sides came from, where the markers do not say: as much of it as is certain.

    `rendered` is what bibtools last rendered of each entry. What stands on one side only was added there, unless
    the other side of its region is empty: git marks no region for what is only added, so one side removed it and
    the other changed it, from what is not known.
    """
    ours, theirs = (bibfile.parse(text) for text in (sides.ours, sides.theirs))
    mine, come = items(ours), items(theirs)
    both = pair(mine, come)
    known = _by_name(rendered)
    pieces = []
    for number, item in enumerate(mine):
        other = come[both[number]] if number in both else None
        if other is None:
            base = _altered(item) if _touches(item.block.span, sides.ours_alone) else None
        else:
            base = _base_of(item, other, known, sides)
        if base is not None:
            pieces.append(bibfile.render_entry(base))
    taken = set(both.values())
    left = [item for number, item in enumerate(come) if number not in taken]
    pieces += [bibfile.render_entry(_altered(i)) for i in left if _touches(i.block.span, sides.theirs_alone)]
    shared = {part.text for part in parts(theirs)}
    pieces += [f"{part.text}\n" for part in parts(ours) if part.text in shared]
    return "\n".join(pieces)


def _by_name(rendered: Iterable[Entry]) -> dict[str, Entry]:
    known: dict[str, Entry] = {}
    for entry in rendered:
        number = bibfile.arxiv_id(entry)
        known[f"key {entry.key.casefold()}"] = entry
        if number:
            known[number.record_id] = entry
    return known


def _base_of(ours: Item, theirs: Item, known: Mapping[str, Entry], sides: Sides) -> Entry:
    """Of an entry on both sides: what was rendered, what both say, and that something was where one is empty."""
    names = [
        *sorted(ours.ids & theirs.ids),
        f"key {ours.entry.key.casefold()}",
        f"key {theirs.entry.key.casefold()}",
    ]
    rendered = next((known[name] for name in names if name in known), None)
    held = {f.name: f for f in reversed(rendered.fields)} if rendered else {}
    mine, come = ({f.name: f for f in reversed(side.entry.fields)} for side in (ours, theirs))
    for name in mine.keys() | come.keys():
        if name in held:
            continue
        if name in mine and mine.get(name) == come.get(name):
            held[name] = mine[name]
            continue
        one, alone = (ours, sides.ours_alone) if name in mine else (theirs, sides.theirs_alone)
        if not (name in mine and name in come) and _field_touches(one, name, alone):
            held[name] = replace(_UNKNOWN, name=name)
    key = ours.entry.key if ours.entry.key == theirs.entry.key or rendered is None else rendered.key
    kind = ours.entry.entry_type if rendered is None else rendered.entry_type
    if rendered is None and kind != theirs.entry.entry_type:
        kind = _UNKNOWN.name
    return Entry(entry_type=kind, key=key, fields=tuple(held[name] for name in sorted(held)))


def _altered(item: Item) -> Entry:
    """An entry that differs from this one in something that nobody looks at."""
    return replace(item.entry, fields=(*item.entry.fields, _UNKNOWN))


def _field_touches(item: Item, name: str, spans: Iterable[Span]) -> bool:
    view = item.block.field(name)
    return view is not None and _touches(Span(view.name_span.start, view.value_span.stop), spans)


def _touches(span: Span, spans: Iterable[Span]) -> bool:
    return any(span.start < each.stop and each.start < span.stop for each in spans)
