"""The laws of merging `.bib` files, for histories of two people who each edit a copy."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from bibtools import bibfile, bibmerge
from bibtools.bibfile import Habits, find_conflicts
from bibtools.errors import InternalError
from bibtools.merge import comparable
from bibtools.model import Entry, Field
from bibtools.workflow import conflicted
from tests.test_bibfile_laws import TEXTS

NAMES = ("title", "year", "note", "author")
WORDS = st.sampled_from(["one", "two", "{Three}", "4", "five six"])
FIELDS = st.lists(
    st.builds(Field, st.sampled_from(NAMES), WORDS), min_size=1, max_size=4, unique_by=lambda f: f.name
)
HABITS = st.sampled_from(
    [
        Habits(),
        Habits(indent="\t", delimiter='"', alignment="none"),
        Habits(newline="\r\n", field_case="upper", trailing_comma=False),
        Habits(one_line=True, blank_lines=0, alignment="none"),
    ]
)
PIECES = st.sampled_from(["% a remark", "@string{j = {J}}", "@comment{x}", '@preamble{"\\p"}', "@string{k = {K}}"])


def entry(number, fields):
    """A paper of its own: the id says which."""
    return Entry(entry_type="misc", key=f"k{number}", fields=(Field("eprint", f"2001.0000{number}"), *fields))


@st.composite
def versions(draw):
    """A file's papers and other pieces, and two people's versions of it, each in habits of its own."""
    base = {n: draw(FIELDS) for n in draw(st.sets(st.integers(0, 4), max_size=4))}
    pieces = draw(st.lists(PIECES, max_size=2, unique=True))
    sides = [(base, pieces), _edited(draw, base, pieces), _edited(draw, base, pieces)]
    return sides, [_written(draw, *side) for side in sides]


def _edited(draw, base, pieces):
    side = {n: list(fields) for n, fields in base.items()}
    for number in draw(st.lists(st.integers(0, 7), max_size=3)):
        action = draw(st.sampled_from(["add", "remove", "edit", "edit", "reorder"]))
        if action == "remove":
            side.pop(number, None)
        elif action == "reorder":
            side = dict(reversed(side.items()))
        else:
            side[number] = draw(FIELDS)
    others = [p for p in pieces if draw(st.integers(0, 3))] + draw(st.lists(PIECES, max_size=1))
    return side, list(dict.fromkeys(others))


def _written(draw, papers, pieces):
    habits = draw(HABITS)
    parts = [f"{piece}{habits.newline}" for piece in pieces]
    parts += [bibfile.render_entry(entry(n, fields), habits) for n, fields in papers.items()]
    return (habits.newline * (1 + habits.blank_lines)).join(parts)


def meaning(text):
    """Entries by key with what they say, and everything else."""
    bib = bibfile.parse(text)
    macros = bibfile.macros(bib)
    entries = [bibfile.entry_of(block, text, macros) for block in bib.entries]
    rest = Counter(line.strip() for block in bib.blocks for line in _lines(block, text))
    return {e.key: {f.name: comparable(f) for f in e.fields} for e in entries}, +rest


def _lines(block, text):
    if isinstance(block, bibfile.EntryBlock):
        return []
    return [line for line in text[block.span.start : block.span.stop].splitlines() if line.strip()]


@settings(max_examples=150)
@given(versions())
def test_what_only_one_side_changed_comes(drawn):
    _, (base, ours, _) = drawn
    assert bibmerge.merge(base, ours, base) == bibmerge.MergedBib(text=ours)
    assert bibmerge.merge(base, ours, ours) == bibmerge.MergedBib(text=ours)
    assert bibmerge.merge(base, base, ours) == bibmerge.MergedBib(text=ours)


@settings(max_examples=150)
@given(versions(), HABITS)
def test_their_other_dress_is_no_change_of_what_we_say(drawn, habits):
    ((papers, pieces), _, _), (base, ours, _) = drawn
    dressed = "\n\n".join([*pieces, *(bibfile.render_entry(entry(n, f), habits) for n, f in papers.items())])
    merged = bibmerge.merge(base, ours, dressed)
    assert merged.conflicts == ()
    assert meaning(merged.text) == meaning(ours)


@settings(max_examples=300)
@given(versions())
def test_no_edit_and_no_paper_is_lost(drawn):
    (base, ours, theirs), texts = drawn
    merged = bibmerge.merge(*texts)
    said = merged.text
    in_conflict = {conflict.key for conflict in merged.conflicts}
    result, rest = meaning(said) if not merged.conflicts else ({}, None)
    was, mine, come = (
        {f"k{n}": _values(entry(n, f)) for n, f in side[0].items()} for side in (base, ours, theirs)
    )
    for key in mine.keys() | come.keys():
        if merged.conflicts:
            assert key in said or was.get(key) in (mine.get(key), come.get(key))
            continue
        assert key not in in_conflict
        expected = _field_wise(was.get(key), mine.get(key), come.get(key))
        assert result.get(key) == expected, key
    if rest is not None:
        for side in (ours[1], theirs[1]):
            for piece in side:
                assert piece in base[1] or rest[piece], piece


def _values(one):
    return {f.name: comparable(f) for f in one.fields}


def _field_wise(was, mine, come):
    if mine is None or come is None:
        present = mine or come
        return None if present == was else present
    names = mine.keys() | come.keys()
    was = was or {}
    chosen = {n: come.get(n) if mine.get(n) == was.get(n) else mine.get(n) for n in names}
    return {n: value for n, value in chosen.items() if value is not None}


@settings(max_examples=200)
@given(versions())
def test_the_conflicts_are_symmetric(drawn):
    _, (base, ours, theirs) = drawn
    assert bibmerge.merge(base, ours, theirs).conflicts == bibmerge.merge(base, theirs, ours).conflicts


@settings(max_examples=200)
@given(versions())
def test_conflicts_stand_between_markers_and_either_side_can_be_taken(drawn):
    _, (base, ours, theirs) = drawn
    merged = bibmerge.merge(base, ours, theirs)
    assert bool(merged.conflicts) is bool(find_conflicts(merged.text))
    sides = bibmerge.unmarked(merged.text)
    for side in (sides.ours, sides.theirs) if sides else ():
        assert not [p for p in bibfile.parse(side).problems if p.code != "bib-duplicate-key"]
    shown = bibmerge.merge(base, ours, theirs, with_base=True)
    assert shown.conflicts == merged.conflicts
    if sides:
        again = bibmerge.unmarked(shown.text)
        assert bibmerge.merge(again.base, again.ours, again.theirs, with_base=True).conflicts == merged.conflicts


@settings(max_examples=200)
@given(TEXTS, TEXTS, TEXTS)
@example("@misc{a}", "", "@misc{a, title={x}}")
def test_any_text_is_merged_or_refused(base, ours, theirs):
    try:
        merged = bibmerge.merge(base, ours, theirs)
    except InternalError:
        assume(False)
    assert isinstance(merged.text, str)
    assert bool(merged.conflicts) <= ("<" * 7 in merged.text)


MARKED = st.tuples(TEXTS, TEXTS, TEXTS, TEXTS).map(
    lambda t: f"{t[0]}\n<<<<<<< a\n{t[1]}\n=======\n{t[2]}\n>>>>>>> b\n{t[3]}"
)


@settings(max_examples=200)
@given(MARKED)
def test_reading_markers_twice_comes_to_the_same(text):
    nowhere = Path("/nonexistent")
    once = conflicted.merged_bib(nowhere, "refs.bib", text.encode(), {})
    again = conflicted.merged_bib(nowhere, "refs.bib", once.data, {})
    assert again.data == once.data
    assert bool(again.problems) is bool(once.problems)
    assert once.problems or not find_conflicts(once.data.decode())
