"""What stands in a file beside its entries, merged piece by piece."""

from __future__ import annotations

from bibtools.bibfile import Edit
from bibtools.bibmerge import parts
from bibtools.bibmerge.draft import BibConflict, Draft
from bibtools.bibmerge.parts import Part, content_end
from bibtools.bibmerge.placing import Newcomer
from bibtools.model import Span


def merge_others(draft: Draft) -> None:
    """Put into the draft what their side changed outside of the entries."""
    base, ours, theirs = draft.base.parts, draft.ours.parts, draft.theirs.parts
    to_ours, to_theirs = parts.pair(base, ours), parts.pair(base, theirs)
    own = sorted(set(range(len(ours))) - set(to_ours.values()))
    new = sorted(set(range(len(theirs))) - set(to_theirs.values()))
    both = {new[t]: own[o] for t, o in parts.pair([theirs[n] for n in new], [ours[n] for n in own]).items()}
    triples: list[tuple[Part | None, int | None, int | None]]
    triples = [(b, to_ours.get(n), to_theirs.get(n)) for n, b in enumerate(base)]
    triples += [(None, o, t) for t, o in both.items() if theirs[t].name or theirs[t].text == ours[o].text]
    for _, o, t in triples:
        if o is not None and t is not None:
            draft.counterparts[theirs[t].span] = ours[o].span
    for b, o, t in triples:
        _merge_part(draft, b, None if o is None else ours[o], None if t is None else theirs[t])
    seen = {t for _, _, t in triples}
    for n in new:
        if n not in seen:
            _part_comes(draft, theirs[n])


def _merge_part(draft: Draft, base: Part | None, ours: Part | None, theirs: Part | None) -> None:
    was, mine, come = (part.text if part else None for part in (base, ours, theirs))
    if come in (was, mine):
        return
    if ours is None:
        if theirs is not None:
            draft.conflicts.append(BibConflict(kind="text", key=theirs.name))
            was_there = draft.base.raw(base.span, draft.newline) if base else ""
            _part_comes(draft, theirs, clash=True, was=was_there)
        return
    span = ours.span
    edit = Edit(span, draft.theirs.raw(theirs.span, draft.newline)) if theirs else _removal(draft, span)
    if mine == was:
        draft.edits.append(edit)
    else:
        old = Edit(span, draft.base.raw(base.span, draft.newline) if base else "")
        draft.clash(BibConflict(kind="text", key=ours.name), edit, old)


def _removal(draft: Draft, span: Span) -> Edit:
    """A part goes with the blank lines before it."""
    return Edit(Span(content_end(draft.ours.bib.text, span.start), span.stop), "")


def _part_comes(draft: Draft, part: Part, *, clash: bool = False, was: str = "") -> None:
    text = draft.theirs.raw(part.span, draft.newline)
    is_macro = part.kind == "string"
    draft.newcomers.append(Newcomer(text=text, span=part.span, is_macro=is_macro, clash=clash, base=was))
