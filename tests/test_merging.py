"""Merging `.bib` texts: what comes, where it goes, what is a conflict and how it looks."""

from __future__ import annotations

import pytest

from bibtools import bibfile, bibmerge
from bibtools.bibmerge import likely_base, unmarked
from bibtools.model import Entry, Field


def misc(key, title, **fields):
    rows = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@misc{{{key},\n  title = {{{title}}},\n{rows}}}\n"


def joined(*pieces):
    return "\n".join(pieces)


A, B, C, D = (misc(letter, f"Paper {letter}", year=2017) for letter in "abcd")
MACRO = "@string{j = {Journal}}\n"
MACRO2 = MACRO.replace("l}", "l!}")
A8, C8 = A.replace("7", "8"), C.replace("7", "8")
MINE = A.replace("{a,", "{mine,")
SEE_B = f"% see b\n{B}"
PREAMBLE, PREAMBLE2 = (f'@preamble{{"{text}"}}\n' for text in "xy")
CASES = {
    "another field on each side": (A, A8, A.replace("Paper a", "P"), A8.replace("Paper a", "P")),
    "each adds an entry": (A, joined(A, B), joined(A, C), joined(A, B, C)),
    "theirs belongs before ours": (A, joined(A, C), joined(A, B), joined(A, B, C)),
    "an unsorted file: beside its neighbour": (
        joined(C, A, B),
        joined(C, A8, B),
        joined(C, D, A, B),
        joined(C, D, A8, B),
    ),
    "removed there, untouched here": (joined(A, B), joined(A8, B), A, A8),
    "removed here, untouched there": (joined(A, B), A, joined(A8, B), A8),
    "both removed it": (joined(A, B, C), joined(A, C8), joined(A, C), joined(A, C8)),
    "both added the same": (A, joined(A, B), joined(A, B, C), joined(A, B, C)),
    "a key renamed here, a field there": (A, MINE, A8, MINE.replace("7", "8")),
    "a key renamed there, a field here": (A, A8, MINE, MINE.replace("7", "8")),
    "a macro there, an entry here": (A, joined(A, B), joined(MACRO, A), joined(MACRO, A, B)),
    "another macro on each side": (
        joined(MACRO, A),
        joined(MACRO + "@string{k = {K}}\n", A),
        joined(MACRO + "@string{l = {L}}\n", A),
        joined(MACRO + "@string{k = {K}}\n@string{l = {L}}\n", A),
    ),
    "a macro's value there": (joined(MACRO, A), joined(MACRO, A, B), joined(MACRO2, A), joined(MACRO2, A, B)),
    "a remark goes with its new entry": (A, joined(A, C), joined(A, SEE_B), joined(A, SEE_B, C)),
    "a remark above an old entry": (joined(A, B), joined(A, B, C), joined(A, SEE_B), joined(A, SEE_B, C)),
    "a remark changed there": (joined("% x", A), joined("% x", A, B), joined("% y", A), joined("% y", A, B)),
    "a remark removed there": (joined(A, "% x\n", B), joined(A, "% x\n", B, C), joined(A, B), joined(A, B, C)),
    "ours is another format": (
        A,
        A.replace("  ", "\t").replace("{P", '"P').replace("a}", 'a"'),
        joined(A8, B),
        '@misc{a,\n\ttitle = "Paper a",\n\tyear = {2018},\n}\n\n'
        "@misc{b,\n\ttitle = {Paper b},\n\tyear = {2017},\n}\n",
    ),
    "theirs has other line ends": (A, joined(A, C), joined(A, B).replace("\n", "\r\n"), joined(A, B, C)),
    "the preamble": (joined(PREAMBLE, A), joined(PREAMBLE, A, B), joined(PREAMBLE2, A), joined(PREAMBLE2, A, B)),
    "an entry that cannot be read": (A, A8, joined(A, "@misc{z, broken"), joined(A8, "@misc{z, broken\n")),
}


@pytest.mark.parametrize(("base", "ours", "theirs", "expected"), CASES.values(), ids=list(CASES))
def test_a_clean_merge(base, ours, theirs, expected):
    merged = bibmerge.merge(base, ours, theirs)
    assert merged.conflicts == ()
    assert merged.text.rstrip("\n") == expected.rstrip("\n")


def clash(ours, theirs):
    return f"<<<<<<< ours\n{ours}=======\n{theirs}>>>>>>> theirs\n"


CLASHES = {
    "a field": (
        A, A.replace("2017", "1"), A.replace("2017", "2"), "field a year",
        "@misc{a,\n  title = {Paper a},\n" + clash("  year = {1},\n", "  year = {2},\n") + "}\n",
    ),
    "a field, another merged": (
        A, A.replace("2017", "1"), A.replace("2017", "2").replace("Paper a", "P"), "field a year",
        "@misc{a,\n  title = {P},\n" + clash("  year = {1},\n", "  year = {2},\n") + "}\n",
    ),
    "a field removed here": (
        A, misc("a", "Paper a"), A.replace("2017", "2"), "field a year",
        "@misc{a,\n  title = {Paper a},\n" + clash("", "  year  = {2},\n") + "}\n",
    ),
    "a field removed there": (
        A, A.replace("2017", "2"), misc("a", "Paper a"), "field a year",
        "@misc{a,\n  title = {Paper a},\n" + clash("  year = {2},\n", "") + "}\n",
    ),
    "the type": (
        A, A.replace("@misc", "@book"), A.replace("@misc", "@article"), "field a entrytype",
        clash("@book{a,\n", "@article{a,\n") + A.partition("\n")[2],
    ),
    "the key": (
        A, A.replace("{a,", "{x,"), A.replace("{a,", "{y,"), "key a ",
        clash("@misc{x,\n", "@misc{y,\n") + A.partition("\n")[2],
    ),
    "removed here, edited there": (
        joined(A, B), A, joined(A, B.replace("7", "8")), "removed b ", A + clash("", f"\n{B.replace('7', '8')}"),
    ),
    "edited here, removed there": (
        joined(A, B), joined(A, B.replace("7", "8")), A, "removed b ", joined(A, clash(B.replace("7", "8"), "")),
    ),
    "one key with two papers": (
        A, joined(A, misc("b", "One")), joined(A, misc("b", "Other")), "two-papers b ",
        joined(A, clash(misc("b", "One"), misc("b", "Other"))),
    ),
    "one key in two cases": (
        A, joined(A, misc("b", "One")), joined(A, misc("B", "Other")), "two-papers B ",
        joined(A, clash(misc("b", "One"), misc("B", "Other"))),
    ),
    "a key renamed to one that is taken": (
        A, joined(A.replace("7", "8"), B), A.replace("{a,", "{b,"), "key a ",
        joined(clash(A.replace("7", "8"), A.replace("{a,", "{b,")), B),
    ),
    "a macro": (
        joined(MACRO, A), joined(MACRO.replace("l}", "l1}"), A), joined(MACRO.replace("l}", "l2}"), A), "text j ",
        joined(clash(MACRO.replace("l}", "l1}"), MACRO.replace("l}", "l2}")), A),
    ),
    "a remark": (
        joined("% x\n", A), joined("% y\n", A), joined("% z\n", A), "text  ", joined(clash("% y\n", "% z\n"), A),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("base", "ours", "theirs", "conflict", "expected"), CLASHES.values(), ids=list(CLASHES))
def test_a_conflict(base, ours, theirs, conflict, expected):
    merged = bibmerge.merge(base, ours, theirs)
    assert [f"{c.kind} {c.key} {c.field}" for c in merged.conflicts] == [conflict]
    assert merged.text == expected


def test_markers_are_as_long_as_asked_for_and_lines_end_as_in_the_file():
    base, ours, theirs = (A.replace("2017", year).replace("\n", "\r\n") for year in ("0", "1", "2"))
    text = bibmerge.merge(base, ours, theirs, marker_size=9).text
    assert f"{'<' * 9} ours\r\n  year = {{1}},\r\n{'=' * 9}\r\n  year = {{2}},\r\n{'>' * 9} theirs\r\n" in text
    assert text.count("\n") == text.count("\r\n")


def test_what_was_there_before_is_shown_where_asked_for():
    text = bibmerge.merge(A, A.replace("2017", "1"), A.replace("2017", "2"), with_base=True).text
    assert (
        "<<<<<<< ours\n  year = {1},\n||||||| base\n  year = {2017},\n=======\n  year = {2},\n>>>>>>> theirs\n"
        in text
    )


def test_a_new_entry_beside_one_in_conflict_stands_outside_of_the_markers():
    base, ours = joined(A, C), joined(A, C, misc("e", "One"))
    theirs = joined(A, C, D, misc("e", "Other"), misc("f", "New"))
    expected = joined(A, C, D, clash(misc("e", "One"), misc("e", "Other")), misc("f", "New"))
    assert bibmerge.merge(base, ours, theirs).text.rstrip("\n") == expected.rstrip("\n")


def test_a_paper_of_two_keys_stays_twice():
    eprint = {"eprint": "2001.00001", "archiveprefix": "arXiv"}
    ours, theirs = misc("mine", "One", **eprint), misc("yours", "One", **eprint)
    merged = bibmerge.merge(A, joined(A, ours), joined(A, theirs))
    assert merged.conflicts == ()
    assert {block.key for block in bibfile.parse(merged.text).entries} == {"a", "mine", "yours"}


def test_everything_else_stays_byte_for_byte():
    ours = "  junk \r\n\r\n" + A.replace("\n", "\r\n").replace("  year = {2017}", "\tYEAR= 2017 ") + "trailing \t"
    merged = bibmerge.merge(joined(A), ours, A.replace("Paper a", "P"))
    assert merged.text == ours.replace("Paper a", "P")


# --- reading markers --------------------------------------------------------------------------------------


def remerged(text, *rendered):
    sides = unmarked(text)
    base = sides.base if sides.base is not None else likely_base(sides, rendered)
    return bibmerge.merge(base, sides.ours, sides.theirs)


TWO_ENTRIES = (
    clash("@misc{b,\n  title = {Paper b},\n", "@misc{c,\n  title = {Paper c},\n") + "  year = {2017},\n}\n"
)
TWO_FIELDS = clash("  title = {T},\n  note = {n},\n", "  title = {T},\n  url = {u},\n")


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        pytest.param(A + clash(f"\n{B}", f"\n{C}"), joined(A, B, C), id="each added an entry"),
        pytest.param(joined(A, TWO_ENTRIES), joined(A, B, C), id="entries that share lines"),
        pytest.param(
            joined(B, "@misc{c,\n" + TWO_FIELDS + "}\n"),
            joined(B, "@misc{c,\n  title = {T},\n  url = {u},\n  note = {n},\n}\n"),
            id="each added a field",
        ),
    ],
)
def test_what_git_could_not_merge(marked, expected, newline):
    merged = remerged(marked.replace("\n", newline))
    assert merged.conflicts == ()
    assert merged.text.replace(newline, "\n").rstrip() == expected.rstrip()


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param(A + clash("", f"\n{B}"), id="removed or added: who knows"),
        pytest.param(A + clash(f"\n{B}", ""), id="the other way round"),
        pytest.param("@misc{a,\n" + clash("", "  title = {T},\n") + "}\n", id="a field"),
        pytest.param("@misc{a,\n" + clash("  title = {S},\n", "  title = {T},\n") + "}\n", id="two values"),
        pytest.param(clash("@misc{a,\n", "@book{a,\n") + "  title = {S},\n}\n", id="two types"),
        pytest.param(clash(misc("x", "One"), misc("x", "Other")), id="two papers"),
    ],
)
def test_what_cannot_be_known_stays_marked(marked):
    merged = remerged(marked)
    assert len(merged.conflicts) == 1
    assert remerged(merged.text) == merged


@pytest.mark.parametrize(("rendered", "year"), [("1", "2"), ("2", "1")])
def test_what_was_rendered_is_the_base(rendered, year):
    marked = "@misc{a,\n  title = {T},\n" + clash("  year = {1},\n", "  year = {2},\n") + "}\n"
    base = Entry(entry_type="misc", key="a", fields=(Field("title", "T"), Field("year", rendered)))
    merged = remerged(marked, base)
    assert merged.conflicts == ()
    assert merged.text == f"@misc{{a,\n  title = {{T}},\n  year = {{{year}}},\n}}\n"


def test_a_text_without_markers_is_not_taken_apart():
    assert unmarked("a\n=======\nb\n") is None


def test_sides_with_a_base_in_every_region_only():
    with_base = "<<<<<<< a\n1\n||||||| b\n0\n=======\n2\n>>>>>>> c\n"
    assert unmarked(with_base).base == "0\n"
    assert unmarked(with_base + clash("1\n", "2\n")).base is None
