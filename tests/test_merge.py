"""The three-way merge of one entry: its laws, and what counts as the same value."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bibtools.merge import comparable, merge_entry, same_entry
from bibtools.model import Entry, Field

names = st.sampled_from(["title", "year", "note", "month", "doi"])
values = st.sampled_from(["one", "two", "{Three}", "Three", "Zwölf", 'Zw{\\"o}lf'])
entries = st.builds(
    Entry,
    entry_type=st.sampled_from(["misc", "article"]),
    key=st.just("k"),
    fields=st.lists(st.builds(Field, names, values), max_size=4, unique_by=lambda f: f.name).map(tuple),
)


def carried_out(ours, merged):
    """The user's entry after the merge."""
    written = {field.name: field for field in merged.write}
    kept = [written.pop(f.name, f) for f in ours.fields if f.name not in merged.remove]
    return Entry(entry_type=merged.entry_type or ours.entry_type, key=ours.key, fields=(*kept, *written.values()))


@settings(max_examples=300)
@given(entries, entries)
def test_where_upstream_says_what_it_said_ours_stands(base, ours):
    merged = merge_entry(base, ours, base)
    assert merged.changes == ()
    assert merged.conflicts == ()
    assert same_entry(merged.base, base)


@settings(max_examples=300)
@given(entries, entries)
def test_where_nobody_edited_upstream_comes(base, theirs):
    merged = merge_entry(base, base, theirs)
    assert merged.conflicts == ()
    assert same_entry(carried_out(base, merged), theirs)
    assert same_entry(merged.base, theirs)


@settings(max_examples=300)
@given(entries, entries)
def test_where_nobody_touched_a_value_its_new_spelling_comes_too(base, theirs):
    written = carried_out(base, merge_entry(base, base, theirs))
    for field in theirs.fields:
        if field.value.isascii() or not (base.get(field.name) or "").isascii():
            assert written.get(field.name) == field.value


@settings(max_examples=300)
@given(entries, entries)
def test_where_both_say_the_same_nothing_happens(base, ours):
    merged = merge_entry(base, ours, ours)
    assert merged.changes == merged.conflicts == ()
    assert same_entry(merged.base, ours)


@settings(max_examples=500)
@given(entries, entries, entries)
def test_what_the_user_changed_survives_and_a_second_run_is_empty(base, ours, theirs):
    merged = merge_entry(base, ours, theirs)
    result = carried_out(ours, merged)
    for field in ours.fields:
        if comparable(field) != comparable(Field(field.name, base.get(field.name) or "")):
            assert result.get(field.name) == field.value
    for field in base.fields:
        if ours.get(field.name) is None:
            assert result.get(field.name) in (None, theirs.get(field.name))
    again = merge_entry(merged.base, result, theirs)
    assert again.changes == ()
    assert again.conflicts == merged.conflicts
    assert again.base == merged.base


@settings(max_examples=300)
@given(entries, entries, entries)
def test_conflicts_are_symmetric(base, ours, theirs):
    one = {(c.field, c.base) for c in merge_entry(base, ours, theirs).conflicts}
    other = {(c.field, c.base) for c in merge_entry(base, theirs, ours).conflicts}
    assert one == other


@pytest.mark.parametrize(
    ("name", "one", "other", "same"),
    [
        ("title", "The {BERT} Model", "The BERT\n  Model", True),
        ("title", "A \\& B", "A & B", True),
        ("title", "A B", "A C", False),
        ("author", "Kram{\\'a}r, J{\\'a}nos", "Kramár, János", True),
        ("month", "6", "June", True),
        ("month", "jun", "Jun.", True),
        ("month", "jun", "jul", False),
        ("pages", "1--9", "1-9", True),
        ("pages", "1--9", "1–9", True),
        ("year", "", "  ", True),
    ],
)
def test_what_is_the_same_value(name, one, other, same):
    assert (comparable(Field(name, one)) == comparable(Field(name, other))) is same


def test_fields_only_the_user_has_are_left_alone():
    base = Entry(entry_type="misc", key="k", fields=(Field("year", "2017"),))
    ours = Entry(entry_type="misc", key="mine", fields=(Field("year", "2017"), Field("note", "read")))
    theirs = Entry(entry_type="misc", key="k", fields=(Field("year", "2018"),))
    merged = merge_entry(base, ours, theirs)
    assert merged.changes == ("year",)
    assert merged.base.key == "mine"
    assert not same_entry(base, ours)
