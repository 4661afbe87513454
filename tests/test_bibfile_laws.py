"""What holds for any `.bib` text, however broken, and for any entry."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from bibtools import bibfile
from bibtools.bibfile import Edit, EntryBlock, Habits
from bibtools.bibfile.habits import adopted_field
from bibtools.errors import UnusableFileError
from bibtools.model import Entry, Field, Span

FRAGMENTS = (
    "@", "@article{", "@misc{key,", "@MISC(k2, ", "@string{", "@string(m = ", "@preamble{", "@comment{",
    "@comment(", "@comment", "{", "}", "(", ")", '"', "#", ",", "=", "%", "\\", "\n", "\r\n", "\r", " ", "\t",
    "\n@misc{b,\n",
    "\n}\n", "title = {T}", "year = 2017", 'note = "x {"} y"', "month = jan # 2", "},\n", "me@host.org",
    "<<<<<<< HEAD\n", "=======\n", ">>>>>>> b\n", "\x00", "\u00a0", "é", "{{{{", "}}}}", "author", ",\n  ",
    " % remark\n",
    "\n\n",
    "@misc{z1, year = {1}}", "@book{b9,\n  title = {B},\n}\n", "@comment{jabref-meta: x;}",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=3), max_size=25).map("".join)

PLAIN = st.text(
    st.sampled_from("ab Z09,=#@%\"'\\()[]$&_^~\n\t@éßΘ漢\u00a0\x00")
    | st.characters(exclude_characters="{}\r", exclude_categories=["Cs"]),
    max_size=8,
)
VALUES = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner | inner.map(lambda text: f"{{{text}}}"), max_size=3).map("".join),
    max_leaves=6,
)
NAMES = st.sampled_from(
    ["author", "title", "year", "month", "eprint", "archiveprefix", "bdsk-url-1", "title+an", "é", "x"]
)
MACROS = st.sampled_from(["jan", "dec", "jmlr", "no-mendeley", "STOC"])
FIELDS = st.builds(Field, NAMES, VALUES) | st.builds(Field, NAMES, MACROS, st.just(True))
ENTRIES = st.builds(
    Entry,
    entry_type=st.sampled_from(["misc", "article", "inproceedings", "ieeetranbstctl", "data-set"]),
    key=st.text(st.sampled_from("abyzZ019:/-_.+*'\"#%&=é漢\\@|"), min_size=1, max_size=6).filter(
        lambda key: not key.startswith("%")
    ),
    fields=st.lists(FIELDS, max_size=6, unique_by=lambda field: field.name).map(tuple),
)
HABITS = st.builds(
    Habits,
    indent=st.sampled_from(["", "  ", "\t"]),
    alignment=st.sampled_from(["none", "equals", "values"]),
    column=st.sampled_from([None, 4, 16]),
    before_equals=st.sampled_from(["", " "]),
    after_equals=st.sampled_from(["", " ", "  "]),
    delimiter=st.sampled_from(["{", '"']),
    bare_numbers=st.booleans(),
    month=st.sampled_from(["macro", "name", "abbreviation", "number"]),
    field_case=st.sampled_from(["lower", "upper", "title"]),
    type_case=st.sampled_from(["lower", "upper", "title"]),
    spellings=st.sampled_from([(), (("archiveprefix", "archivePrefix"),)]),
    trailing_comma=st.booleans(),
    one_line=st.booleans(),
    close=st.sampled_from(["", "\n", "\n  "]),
    newline=st.sampled_from(["\n", "\r\n", "\r"]),
    blank_lines=st.integers(0, 3),
)
SORTS = st.sampled_from(["auto", "key", "none"])


@st.composite
def files_with_entry(draw: st.DrawFn) -> tuple[str, EntryBlock]:
    """A text, hostile around well-formed entries, and one of its entries that has a field."""
    entry = draw(ENTRIES.filter(lambda entry: entry.fields))
    text = draw(TEXTS) + "\n" + bibfile.render_entry(entry, draw(HABITS)) + draw(TEXTS)
    blocks = [block for block in bibfile.parse(text).entries if block.fields]
    assume(blocks)
    return text, draw(st.sampled_from(blocks))


def entries_of(text: str) -> list[Entry]:
    bib = bibfile.parse(text)
    macros = bibfile.macros(bib)
    return [bibfile.entry_of(block, text, macros) for block in bib.entries]


@given(TEXTS | st.text())
def test_the_blocks_are_the_text(text: str) -> None:
    bib = bibfile.parse(text)
    assert "".join(text[block.span.start : block.span.stop] for block in bib.blocks) == text
    assert bibfile.apply(text, []) == text


@given(TEXTS)
def test_the_parts_of_an_entry_lie_in_it_in_order(text: str) -> None:
    for block in bibfile.parse(text).entries:
        spans = [block.type_span, block.key_span]
        for field in block.fields:
            assert text[field.name_span.start : field.name_span.stop] == field.name
            assert all(
                field.value_span.start <= p.span.start < p.span.stop <= field.value_span.stop for p in field.parts
            )
            spans += [field.name_span, field.value_span]
        edges = [edge for span in spans for edge in (span.start, span.stop)]
        assert edges == sorted(edges)
        assert block.span.start < edges[0]
        assert edges[-1] <= block.body.stop == block.span.stop - 1


@given(
    st.binary() | TEXTS.map(lambda text: text.encode("utf-8")) | TEXTS.map(lambda t: t.encode("cp1252", "replace"))
)
def test_decoding_is_undone_by_encoding(data: bytes) -> None:
    try:
        text = bibfile.decode(data, file="refs.bib")
    except UnusableFileError:
        assert data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in data
        return
    assert bibfile.encode(text.text, like=text) == data


@given(ENTRIES, HABITS)
def test_what_is_rendered_is_read_again(entry: Entry, habits: Habits) -> None:
    text = bibfile.render_entry(entry, habits)
    bib = bibfile.parse(text)
    assert entries_of(text) == [bibfile.adopted(entry, habits)]
    assert not [p for p in bib.problems if p.code != "bib-runaway"]


@given(ENTRIES)
def test_the_default_shape_changes_no_field(entry: Entry) -> None:
    assert entries_of(bibfile.render_entry(entry)) == [entry]


@given(TEXTS, ENTRIES, SORTS)
@example("% @misc{a}\r@misc{b}% x", Entry(entry_type="misc", key="a"), "auto")
def test_inserting_adds_one_entry_and_touches_nothing(text: str, entry: Entry, sort: str) -> None:
    bib = bibfile.parse(text)
    habits = bibfile.measure(bib)
    edit = bibfile.insert_entry(bib, entry, habits, sort)
    assert edit.span.start == edit.span.stop
    after = bibfile.apply(text, [edit])
    assert after == text[: edit.span.start] + edit.text + text[edit.span.start :]
    there = entries_of(text)
    new = entries_of(after)
    added = bibfile.adopted(entry, habits)
    assert added in new
    new.remove(added)
    assert new == there
    kinds = [type(block).__name__ for block in bib.blocks if not isinstance(block, bibfile.FreeText)]
    kinds_after = [type(b).__name__ for b in bibfile.parse(after).blocks if not isinstance(b, bibfile.FreeText)]
    assert sorted([*kinds, "EntryBlock"]) == sorted(kinds_after)


@given(TEXTS, st.lists(ENTRIES, min_size=2, max_size=4), SORTS)
def test_inserting_several_is_inserting_all(text: str, entries: list[Entry], sort: str) -> None:
    bib = bibfile.parse(text)
    habits = bibfile.measure(bib)
    after = entries_of(bibfile.apply(text, bibfile.insert_entries(bib, entries, habits, sort)))
    for entry in (*entries_of(text), *(bibfile.adopted(entry, habits) for entry in entries)):
        after.remove(entry)
    assert not after


@given(files_with_entry())
def test_removing_an_entry_removes_nothing_else(chosen: tuple[str, EntryBlock]) -> None:
    text, block = chosen
    bib = bibfile.parse(text)
    after = bibfile.apply(text, [bibfile.remove_entry(bib, block)])
    left = entries_of(text)
    del left[bib.entries.index(block)]
    if not any(isinstance(each, bibfile.BrokenBlock) for each in bib.blocks):
        assert entries_of(after) == left  # an unclosed block may end in another place without the entry
    assert "".join(after.split()) == "".join((text[: block.span.start] + text[block.span.stop :]).split())


@given(files_with_entry(), st.data(), VALUES | MACROS)
def test_replacing_a_value_changes_its_characters_only(
    chosen: tuple[str, EntryBlock], data: st.DataObject, value: str
) -> None:
    text, block = chosen
    bib = bibfile.parse(text)
    view = block.field(data.draw(st.sampled_from(block.fields)).name)
    new = Field(view.lower, value, macro=value in ("jan", "dec", "jmlr", "no-mendeley", "STOC"))
    edit = bibfile.replace_value(bib, block, view.name, new)
    assert edit.span == view.value_span
    after = entries_of(bibfile.apply(text, [edit]))
    before = entries_of(text)
    index = bib.entries.index(block)
    fields = list(before[index].fields)
    fields[block.fields.index(view)] = new
    before[index] = replace(before[index], fields=tuple(fields))
    assert after == before


ORDER = ("author", "title", "year", "month", "eprint")


@given(files_with_entry(), FIELDS)
def test_adding_and_removing_a_field_undo_one_another(chosen: tuple[str, EntryBlock], field: Field) -> None:
    text, block = chosen
    assume(block.field(field.name) is None)
    bib = bibfile.parse(text)
    index = bib.entries.index(block)
    habits = bibfile.measure(bib)
    added = bibfile.apply(text, [bibfile.add_field(bib, block, field, habits, ORDER)])
    new, old = entries_of(added), entries_of(text)
    (written,) = [f for f in new[index].fields if f.name == field.name]
    assert written in [
        adopted_field(field, replace(habits, month=m)) for m in ("macro", "name", "abbreviation", "number")
    ]
    assert [f for f in new[index].fields if f.name != field.name] == list(old[index].fields)
    assert [*new[:index], *new[index + 1 :]] == [*old[:index], *old[index + 1 :]]
    bib_after = bibfile.parse(added)
    removal = bibfile.remove_field(bib_after, bib_after.entries[index], field.name)
    assert bibfile.apply(added, [removal]) == text


@given(files_with_entry(), st.data())
def test_removing_fields_in_one_go(chosen: tuple[str, EntryBlock], data: st.DataObject) -> None:
    text, block = chosen
    names = [view.lower for view in block.fields]
    assume(len(set(names)) == len(names))
    gone = data.draw(st.sets(st.sampled_from(names)))
    bib = bibfile.parse(text)
    index = bib.entries.index(block)
    after = entries_of(bibfile.apply(text, [bibfile.remove_field(bib, block, name) for name in gone]))
    before = entries_of(text)
    assert [f.name for f in after[index].fields] == [name for name in names if name not in gone]
    before[index] = after[index]
    assert after == before


@given(
    files_with_entry(), st.sampled_from(["new2017key", "b", "doi:10.1/x"]), st.sampled_from(["article", "online"])
)
def test_renaming_key_and_type(chosen: tuple[str, EntryBlock], key: str, kind: str) -> None:
    text, block = chosen
    bib = bibfile.parse(text)
    edits = [bibfile.rename_key(bib, block, key), bibfile.change_type(bib, block, kind)]
    before = entries_of(text)
    index = bib.entries.index(block)
    before[index] = replace(before[index], key=key, entry_type=kind)
    assert entries_of(bibfile.apply(text, edits)) == before


@given(
    st.text("abc", max_size=10), st.lists(st.tuples(st.integers(0, 10), st.text("xyz", max_size=2)), max_size=5)
)
def test_insertions_never_meet(text: str, places: list[tuple[int, str]]) -> None:
    edits = [Edit(Span(min(at, len(text)), min(at, len(text))), new) for at, new in places]
    after = bibfile.apply(text, edits)
    assert len(after) == len(text) + sum(len(new) for _, new in places)
    assert [c for c in after if c in "abc"] == list(text)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_are_counted_the_same_in_any_file(newline: str) -> None:
    text = newline.join(["", "@misc{a,", "  year = 1,", "  year = 2,", "}"])
    (problem,) = bibfile.parse(text).problems
    assert (problem.code, problem.where.line, problem.where.column) == ("bib-duplicate-field", 4, 3)
