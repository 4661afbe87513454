"""Real `.bib` files of all ages and habits: read without loss, understood as their parsers do, edited."""

from __future__ import annotations

import csv
import time
from collections import Counter

import pytest

from bibtools import bibfile
from bibtools.errors import UnusableFileError
from bibtools.model import Entry, Field

WIDE = {"jabref_tiny-LE-withBOM_utf16.bib", "derived_testjabref_utf16le_bom.bib"}

ONLY_OURS = {
    # bibtexparser takes every type that begins with "comment" for a comment; jurabib has a type @commented.
    "jurabib_jbtest_latin1.bib": {"erm", "mueko", "palandt", "soergel"},
    # `@article(foo=bar)`: to BibTeX a key in parentheses ends at a comma or a blank, whatever else is in it.
    "other_edge-cases.bib": {"foo=bar"},
}
ONLY_THEIRS = {
    # Behind a `%` at the beginning of a line; biber skips these too, and their authors meant it.
    "biber_names.bib": {"L27", "L28"},
    "typst_comments_inner.bib": {"rlang"},
    # A quoted value with `{"` and no `}`: bibtexparser looks for quotes first, BibTeX pairs braces and stops.
    "frankenstein_unterminated-quote.bib": {"beckett:dream"},
}
OTHER_FIELDS = {
    # `%` remarks between fields are part of bibtexparser's names and values.
    "biber_tool.bib": {"gxd1"},
    "typst_comments_inner.bib": {"fischer2022equivalence", "roes2003belief", "wong2016null"},
}


@pytest.fixture(scope="module")
def files(data_folder):
    found = {path.name: path.read_bytes() for path in sorted((data_folder / "bib").glob("*.bib"))}
    assert len(found) > 80
    return found


@pytest.fixture(scope="module")
def bibs(files):
    return {name: bibfile.parse(bibfile.decode(files[name], file=name).text) for name in files if name not in WIDE}


def test_wide_files_are_refused(files):
    for name in WIDE:
        with pytest.raises(UnusableFileError) as caught:
            bibfile.decode(files[name], file=name)
        assert caught.value.problem.code == "bib-encoding"
        assert caught.value.problem.where.file == name


def test_every_byte_comes_back(files, bibs):
    for name, bib in bibs.items():
        text = bibfile.decode(files[name], file=name)
        assert "".join(text.text[b.span.start : b.span.stop] for b in bib.blocks) == text.text
        assert bibfile.encode(bibfile.apply(text.text, []), like=text) == files[name]


def test_as_many_entries_as_were_counted(data_folder, bibs):
    rows = csv.DictReader(
        (data_folder / "bib" / "index.tsv").read_text(encoding="utf-8").splitlines(), delimiter="\t"
    )
    counted = {row["file"]: int(row["entries"]) for row in rows if row["file"] not in WIDE}
    assert {name: len(bib.entries) for name, bib in bibs.items()} == counted


def entries_of_bibtexparser(text):
    """All entries, those with repeated keys or fields too, their values as written."""
    import bibtexparser
    from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock
    from bibtexparser.model import Entry as TheirEntry

    library = bibtexparser.parse_string(text.replace("\r\n", "\n").replace("\r", "\n"), parse_stack=[])
    for block in library.blocks:
        inner = block
        while isinstance(inner, DuplicateBlockKeyBlock | DuplicateFieldKeyBlock):
            inner = inner.ignore_error_block
        if isinstance(inner, TheirEntry):
            yield inner


def test_the_entries_are_those_of_bibtexparser(bibs, caplog):
    caplog.set_level("CRITICAL")
    compared = 0
    for name, bib in bibs.items():
        text = bib.text
        theirs = [
            (e.entry_type.lower(), e.key, tuple((f.key.lower(), f.value.strip()) for f in e.fields))
            for e in entries_of_bibtexparser(text)
        ]
        plain = text.replace("\r\n", "\n").replace("\r", "\n")
        bib = bibfile.parse(plain)
        ours = [
            (
                b.entry_type.lower(),
                b.key,
                tuple((f.lower, plain[f.value_span.start : f.value_span.stop]) for f in b.fields),
            )
            for b in bib.entries
        ]
        only_ours, only_theirs = Counter(ours) - Counter(theirs), Counter(theirs) - Counter(ours)
        both = {key for _, key, _ in only_ours} & {key for _, key, _ in only_theirs}
        assert both == OTHER_FIELDS.get(name, set()), name
        assert {key for _, key, _ in only_ours} - both == ONLY_OURS.get(name, set()), name
        assert {key for _, key, _ in only_theirs} - both == ONLY_THEIRS.get(name, set()), name
        compared += len(ours) - only_ours.total()
    assert compared > 7_000


def test_joined_values_are_those_of_pybtex(bibs):
    """pybtex expands macros and joins parts, as bibtexparser does not; it reads a file whole or not at all."""
    from pybtex.database import parse_string
    from pybtex.exceptions import PybtexError

    compared = 0
    for name, bib in bibs.items():
        try:
            theirs = {e.key.lower(): e for e in parse_string(bib.text, "bibtex").entries.values()}
        except (PybtexError, RecursionError):
            continue
        macros = bibfile.macros(bib)
        differing = set()
        for block in bib.entries:
            entry = bibfile.entry_of(block, bib.text, macros)
            for view, field in zip(block.fields, entry.fields, strict=True):
                other = theirs.get(entry.key.lower())
                if (
                    view.lower in ("author", "editor", "translator")
                    or other is None
                    or not (len(view.parts) > 1 or field.macro)
                ):
                    continue
                compared += 1
                meant = " ".join(bibfile.expanded(field, macros).split())
                if " ".join(other.fields[view.lower].split()) != meant:
                    differing.add(f"{entry.key}:{view.lower}")
        assert not differing, name
    assert compared > 700


NEW = Entry(
    entry_type="misc",
    key="vaswani2017attention",
    fields=(
        Field("author", "Vaswani, Ashish and Shazeer, Noam"),
        Field("title", 'Attention "Is" All {You} Need'),
        Field("year", "2017"),
        Field("month", "jun", macro=True),
        Field("howpublished", "arXiv:1706.03762 [cs.CL]"),
    ),
)


@pytest.mark.parametrize("sort", ["auto", "key", "none"])
def test_an_entry_is_added_to_every_file(bibs, sort):
    for name, bib in bibs.items():
        habits = bibfile.measure(bib)
        edit = bibfile.insert_entry(bib, NEW, habits, sort)
        after = bibfile.parse(bibfile.apply(bib.text, [edit]))
        assert after.text == bib.text[: edit.span.start] + edit.text + bib.text[edit.span.start :]
        old, new = meanings(bib), meanings(after)
        new.remove(bibfile.adopted(NEW, habits))
        assert new == old, name
        tail = [b for b in after.blocks if not isinstance(b, bibfile.FreeText)]
        if bib.entries and isinstance(bib.blocks[-1], bibfile.BrokenBlock):
            assert isinstance(tail[-1], bibfile.BrokenBlock), name


def test_fields_are_added_changed_and_removed_in_every_file(bibs):
    new = Field("annote", "a {new} value")
    for name, bib in bibs.items():
        habits = bibfile.measure(bib)
        for index in {0, len(bib.entries) // 2, len(bib.entries) - 1} & set(range(len(bib.entries))):
            block = bib.entries[index]
            if block.field(new.name):
                continue
            added = bibfile.apply(
                bib.text, [bibfile.add_field(bib, block, new, habits, ("title", "annote", "year"))]
            )
            after = bibfile.parse(added)
            assert len(after.entries) == len(bib.entries), name
            assert bibfile.entry_of(after.entries[index], added).get("annote") == new.value, name
            if block.fields:
                undone = bibfile.apply(added, [bibfile.remove_field(after, after.entries[index], "annote")])
                assert undone == bib.text, name
            for view in block.fields[:3]:
                edit = bibfile.replace_value(bib, block, view.name, Field(view.lower, "x"))
                assert edit.span == view.value_span
                changed = bibfile.parse(bibfile.apply(bib.text, [edit]))
                assert bibfile.entry_of(changed.entries[index], changed.text).get(view.lower) == "x", name


def meanings(bib):
    macros = bibfile.macros(bib)
    return [bibfile.entry_of(block, bib.text, macros) for block in bib.entries]


def test_removing_all_entries_leaves_all_else(bibs):
    for name, bib in bibs.items():
        left = bibfile.apply(bib.text, [bibfile.remove_entry(bib, block) for block in bib.entries])
        rest = "".join(
            bib.text[b.span.start : b.span.stop] for b in bib.blocks if not isinstance(b, bibfile.EntryBlock)
        )
        assert left.split() == rest.split() or "".join(left.split()) == "".join(rest.split()), name


def test_all_files_together_are_read_quickly(bibs):
    text = "\n".join(bib.text for bib in bibs.values())
    begin = time.process_time()
    bibfile.parse(text)
    assert time.process_time() - begin < len(text) / 400_000  # seconds for some 3 MB; ten times what it takes
