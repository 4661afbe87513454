"""Reading `.bib` texts: blocks, fields, meaning, problems with their places, and time."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from bibtools import bibfile
from bibtools.bibfile import BrokenBlock, CommentBlock, EntryBlock, FreeText, PreambleBlock, StringBlock
from bibtools.errors import UnusableFileError
from bibtools.model import Entry, Field


def shape(text):
    """Each block as its kind and text; white space between blocks left out."""
    signs = {
        EntryBlock: "E",
        StringBlock: "S",
        PreambleBlock: "P",
        CommentBlock: "C",
        FreeText: "-",
        BrokenBlock: "!",
    }
    pairs = [(signs[type(b)], text[b.span.start : b.span.stop].strip()) for b in bibfile.parse(text).blocks]
    return [pair for pair in pairs if pair[1]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", [], id="nothing"),
        pytest.param("just words", [("-", "just words")], id="words"),
        pytest.param("@misc{a}", [("E", "@misc{a}")], id="key only"),
        pytest.param("@misc(a, x = {)})", [("E", "@misc(a, x = {)})")], id="parentheses"),
        pytest.param("@ misc\n{a , }", [("E", "@ misc\n{a , }")], id="blanks everywhere"),
        pytest.param("@misc{a}@misc{b}", [("E", "@misc{a}"), ("E", "@misc{b}")], id="one line"),
        pytest.param('@string(m = "x")', [("S", '@string(m = "x")')], id="string in parentheses"),
        pytest.param('@preamble{"\\x" # m}', [("P", '@preamble{"\\x" # m}')], id="preamble"),
        pytest.param("@preamble{\\def\\x{y}}", [("P", "@preamble{\\def\\x{y}}")], id="preamble without quotes"),
        pytest.param("@comment{ @misc{a} }", [("C", "@comment{ @misc{a} }")], id="entry in a comment"),
        pytest.param("@comment(x {)} )", [("C", "@comment(x {)} )")], id="comment in parentheses"),
        pytest.param(
            "@comment see @misc{a}", [("-", "@comment see"), ("E", "@misc{a}")], id="comment without braces"
        ),
        pytest.param("@commented{a}", [("E", "@commented{a}")], id="a type that begins like comment"),
        pytest.param("% @misc{a}\n@misc{b}", [("-", "% @misc{a}"), ("E", "@misc{b}")], id="behind percent"),
        pytest.param("% x\r@misc{b}", [("-", "% x"), ("E", "@misc{b}")], id="percent in a CR file"),
        pytest.param(
            "@misc{a} % @misc{b}", [("E", "@misc{a}"), ("-", "% @misc{b}")], id="percent behind an entry"
        ),
        pytest.param(
            "write me@host (x) or me@host.org{y}", [("-", "write me@host (x) or me@host.org{y}")], id="e-mail"
        ),
        pytest.param("i@misc{a}", [("-", "i"), ("E", "@misc{a}")], id="stray letter"),
        pytest.param(
            "@misc{a, x = {me@b.c}, y={@misc{q}}}",
            [("E", "@misc{a, x = {me@b.c}, y={@misc{q}}}")],
            id="@ in values",
        ),
        pytest.param("@misc{a}}}", [("E", "@misc{a}"), ("-", "}}")], id="too many braces"),
        pytest.param("@misc{a, x={\n@misc{b}", [("!", "@misc{a, x={"), ("E", "@misc{b}")], id="unclosed value"),
        pytest.param(
            '@misc{a, x="{"}\n@misc{b}',
            [("!", '@misc{a, x="{"}'), ("E", "@misc{b}")],
            id="unclosed brace in quotes",
        ),
        pytest.param(
            '@misc{a, x="y}\n@misc{b}', [("!", '@misc{a, x="y}'), ("E", "@misc{b}")], id="unclosed quote"
        ),
        pytest.param("@misc{a, x=1\n  @misc{b}", [("!", "@misc{a, x=1"), ("E", "@misc{b}")], id="unclosed entry"),
        pytest.param(
            "@misc(a, x=1\n@misc{b}", [("!", "@misc(a, x=1"), ("E", "@misc{b}")], id="unclosed parenthesis"
        ),
        pytest.param("@misc{a, x=1", [("!", "@misc{a, x=1")], id="unclosed at the end"),
        pytest.param("@comment{x\n@misc{b}", [("!", "@comment{x"), ("E", "@misc{b}")], id="unclosed comment"),
        pytest.param(
            "@comment(x\n@misc{b})", [("!", "@comment(x"), ("E", "@misc{b}"), ("-", ")")], id="unclosed comment ("
        ),
        pytest.param(
            '@string{m = "x\n@misc{b}', [("!", '@string{m = "x'), ("E", "@misc{b}")], id="unclosed string"
        ),
        pytest.param("@misc{a\n x = 1} z", [("!", "@misc{a\n x = 1}"), ("-", "z")], id="no comma, line end"),
        pytest.param("@misc{a x = 1} z", [("!", "@misc{a x = 1}"), ("-", "z")], id="no comma behind the key"),
        pytest.param("@misc{\n x = {1}}", [("!", "@misc{\n x = {1}}")], id="no key"),
        pytest.param("@misc{a, x 1} @misc{b}", [("!", "@misc{a, x 1}"), ("E", "@misc{b}")], id="no equals sign"),
        pytest.param("@misc{a, x = {1} {2}}", [("!", "@misc{a, x = {1} {2}}")], id="two values"),
        pytest.param(
            "@misc{a, x = {1}, , y = {2},,}", [("E", "@misc{a, x = {1}, , y = {2},,}")], id="stray commas"
        ),
        pytest.param(
            "@misc{a, x = {1}\n y = {2}}", [("E", "@misc{a, x = {1}\n y = {2}}")], id="no comma between fields"
        ),
        pytest.param("@misc{a, x = , y =}", [("E", "@misc{a, x = , y =}")], id="no values"),
        pytest.param("@misc{a\0b, x = {\0}}", [("E", "@misc{a\0b, x = {\0}}")], id="NUL"),
    ],
)
def test_blocks(text, expected):
    assert shape(text) == expected


@pytest.mark.parametrize(
    ("text", "entry_type", "key", "fields"),
    [
        pytest.param("@MISC{ A:b/1 , Title = {x {Y}} }", "misc", "A:b/1", [("title", "x {Y}")], id="case"),
        pytest.param('@misc{a, t = "x {"} y"}', "misc", "a", [("t", 'x {"} y')], id="quote in braces"),
        pytest.param('@misc{a, t = "\\"o"}', "misc", "a", None, id="a backslash hides no quote"),
        pytest.param("@misc{a, y = 2017, v=3a}", "misc", "a", [("y", "2017"), ("v", "3a")], id="numbers"),
        pytest.param("@misc{a, m = JUN}", "misc", "a", [("m", "jun", True)], id="month"),
        pytest.param("@misc{a, j = jMLR}", "misc", "a", [("j", "jMLR", True)], id="macro"),
        pytest.param('@misc{a, j = jmlr # " 1"}', "misc", "a", [("j", "J. Mach. 1")], id="joined macro"),
        pytest.param('@misc{a, m = "1~" # jan # {.}}', "misc", "a", [("m", "1~January.")], id="joined month"),
        pytest.param("@misc{a, m = nobody # {x}}", "misc", "a", [("m", "nobodyx")], id="unknown macro"),
        pytest.param("@misc{a, m = both}", "misc", "a", [("m", "both", True)], id="macro of macros"),
        pytest.param(
            "@misc{a, m = both # {}}", "misc", "a", [("m", "J. Mach./J. Mach.")], id="macro of macros, joined"
        ),
        pytest.param("@misc{a, t = {x\r\ny\rz}}", "misc", "a", [("t", "x\ny\nz")], id="line ends"),
        pytest.param("@misc{a, % x = {y},\n t = {z} % }\n}", "misc", "a", [("t", "z")], id="remarks"),
        pytest.param("@misc(k(1), t = 1)", "misc", "k(1)", [("t", "1")], id="parenthesis in the key"),
        pytest.param("@misc(k)", "misc", "k", [], id="key only in parentheses"),
        pytest.param("@article{Smith 2003, t = 1}", "article", "Smith 2003", [("t", "1")], id="blank in the key"),
        pytest.param("@misc{a,\u00a0t\u00a0= {1}}", "misc", "a", [("t", "1")], id="no-break blanks"),
        pytest.param("@misc{a, x = , y = {}}", "misc", "a", [("x", ""), ("y", "")], id="empty"),
        pytest.param(
            "@misc{a, title+an = {1}, é = {2}}", "misc", "a", [("title+an", "1"), ("é", "2")], id="names"
        ),
    ],
)
def test_meaning(text, entry_type, key, fields):
    defined = '@string{JMLR = "J. Mach."} @string{both = jmlr # {/} # jmlr}\n'
    bib = bibfile.parse(defined + text)
    entries = [bibfile.entry_of(block, bib.text, bibfile.macros(bib)) for block in bib.entries]
    if fields is None:
        assert entries == []
    else:
        assert entries == [Entry(entry_type=entry_type, key=key, fields=tuple(Field(*field) for field in fields))]


def test_parts_have_their_places():
    text = '@a{k, x = {1} # "2" # m}'
    (block,) = bibfile.parse(text).entries
    (field,) = block.fields
    assert [(p.kind, text[p.span.start : p.span.stop], p.inner(text)) for p in field.parts] == [
        ("braced", "{1}", "1"),
        ("quoted", '"2"', "2"),
        ("bare", "m", "m"),
    ]
    assert field.raw(text) == '{1} # "2" # m'
    assert text[block.body.start : block.body.stop] == text[3:-1]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        pytest.param("@misc{a}\n@misc{foo, x=1", ['2:1 bib-unclosed entry "foo" is not closed'], id="unclosed"),
        pytest.param("@string{m = {x", ["1:1 bib-unclosed @string is not closed"], id="unclosed string"),
        pytest.param(
            "@misc{a x = 1}", ["1:8 bib-missing-comma expected a comma after the citation key"], id="comma"
        ),
        pytest.param("@misc{\nx = 1}", ["1:1 bib-missing-key the entry has no citation key"], id="no key"),
        pytest.param("@misc{,\nx = 1}", ["1:1 bib-missing-key the entry has no citation key"], id="empty key"),
        pytest.param("@misc{a,\n x 1}", ["2:2 bib-syntax expected a field: name = value"], id="no equals"),
        pytest.param(
            "@misc{a, x = {1} {2}}", ['1:18 bib-syntax expected a comma or "}" after the field "x"'], id="two"
        ),
        pytest.param("@misc{a, x = %\n}", ['1:10 bib-empty-value the field "x" has no value'], id="no value"),
        pytest.param("@misc{a,, x = 1}", ["1:9 bib-stray-comma a comma without a field"], id="stray comma"),
        pytest.param(
            "@misc{a, x={1}\n y=2}", ['1:15 bib-missing-comma expected a comma after the field "x"'], id="fields"
        ),
        pytest.param(
            "@misc{a}\r\n\r\n@misc{a}",
            ['3:1 bib-duplicate-key the citation key "a" is in use since line 1'],
            id="key",
        ),
        pytest.param(
            "@misc{a} @misc{A}",
            ['1:10 bib-duplicate-key the citation key "A" differs only in case from "a" in use since line 1'],
            id="case of keys",
        ),
        pytest.param(
            "@misc{,} @misc{,}",
            [
                "1:1 bib-missing-key the entry has no citation key",
                "1:10 bib-missing-key the entry has no citation key",
            ],
            id="empty keys are no double",
        ),
        pytest.param(
            "@misc{a,\n x=1,\n X=2}",
            ['3:2 bib-duplicate-field the field "X" stands twice in the entry "a"'],
            id="field",
        ),
        pytest.param(
            "<<<<<<< HEAD\n@misc{a}\n=======\n@misc{b}\n>>>>>>> topic\n",
            ["1:1 bib-conflict-markers conflict markers of a merge stand in the file"],
            id="conflict",
        ),
        pytest.param("<<<<<<< is an arrow\n=======\n", [], id="no conflict"),
        pytest.param(
            "@misc{a, x={\n@misc{b}}}",
            ["2:1 bib-runaway a line inside a value begins like an entry"],
            id="runaway",
        ),
        pytest.param("@preamble{x y}", ["1:1 bib-syntax the preamble is no value"], id="preamble"),
        pytest.param("é𝒳 @misc{a", ['1:4 bib-unclosed entry "a" is not closed'], id="columns are code points"),
    ],
)
def test_problems(text, problems):
    found = bibfile.parse(text).problems
    assert [f"{p.where} {p.code} {p.message}" for p in found] == problems
    assert all(p.where.file is None and p.hint for p in found)
    assert {p.severity for p in found if p.code not in ("bib-conflict-markers", "bib-runaway")} <= {"warning"}


def test_a_broken_block_knows_its_key():
    for text in ("@article{taken,\n title = {x", "@article{taken x = 1}", "@article{taken\n x = 1}"):
        (block,) = bibfile.parse(text).blocks
        assert (block.entry_type, block.key) == ("article", "taken")


def test_sides_of_a_conflict():
    text = "a\n<<<<<<< HEAD\nb\n||||||| 1234\nc\n=======\nd\n>>>>>>> topic\ne"
    (conflict,) = bibfile.find_conflicts(text)
    spans = (conflict.ours, conflict.base, conflict.theirs, conflict.span)
    assert [text[s.start : s.stop] for s in spans] == ["b\n", "c\n", "d\n", text[2:-1]]


def test_entries_on_both_sides_of_a_conflict_are_read():
    text = "<<<<<<< a\n@misc{x, t = {1}}\n=======\n@misc{x, t = {2}}\n>>>>>>> b\n@misc{y}\n"
    assert [block.key for block in bibfile.parse(text).entries] == ["x", "x", "y"]


@pytest.mark.parametrize(
    ("data", "text", "encoding", "bom"),
    [
        pytest.param(b"", "", "utf-8", False, id="empty"),
        pytest.param("é".encode(), "é", "utf-8", False, id="utf-8"),
        pytest.param(b"\xef\xbb\xbfx", "x", "utf-8", True, id="mark"),
        pytest.param(b"\xef\xbb\xbf\xe9", "é", "8-bit", True, id="mark before latin-1"),
        pytest.param(b"a\x93\xe9\x94\x81", "a“é”\x81", "8-bit", False, id="windows-1252"),
        pytest.param(b"@misc{a\0b}\0", "@misc{a\0b}\0", "utf-8", False, id="NUL bytes"),
        pytest.param(b"\0\0\0\0\0\0", "\0" * 6, "utf-8", False, id="only NUL bytes"),
    ],
)
def test_decoding(data, text, encoding, bom):
    decoded = bibfile.decode(data, file="x.bib")
    assert (decoded.text, decoded.encoding, decoded.bom) == (text, encoding, bom)
    assert bibfile.encode(text, like=decoded) == data


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"])
def test_wide_encodings_are_refused(encoding):
    with pytest.raises(UnusableFileError) as caught:
        bibfile.decode("@misc{a, title = {Ünï}}\n".encode(encoding), file="x.bib")
    assert (caught.value.problem.code, str(caught.value.problem.where)) == ("bib-encoding", "x.bib")


@pytest.mark.parametrize(
    ("old", "new", "fine"),
    [
        pytest.param(b"a\xe9b", "aéb + ASCII", True, id="ASCII added"),
        pytest.param(b"a\xe9b", "ab", True, id="removed"),
        pytest.param(b"a\xe9b", "aéèb", False, id="letter added"),
        pytest.param(b"a\xe9\xe8", "aèé", False, id="other order"),
        pytest.param(b"a\xe9", "α", False, id="not in any 8-bit set"),
        pytest.param("é".encode(), "éèα", True, id="utf-8"),
        pytest.param(b"a", "\udc80", False, id="surrogate"),
    ],
)
def test_what_can_be_added(old, new, fine):
    like = bibfile.decode(old, file="x.bib")
    if fine:
        assert bibfile.decode(bibfile.encode(new, like=like), file="x.bib").text == new
    else:
        with pytest.raises(UnusableFileError) as caught:
            bibfile.encode(new, like=like)
        assert caught.value.problem.code == "bib-encoding"


def test_macros_that_double_one_another_stay_small():
    definitions = "@string{a0 = {0123456789}}\n" + "".join(
        f"@string{{a{n + 1} = a{n} # a{n}}}\n" for n in range(100)
    )
    bib = bibfile.parse(definitions + "@misc{k, x = " + " # ".join(["a8"] * 1000) + "}")
    macros = bibfile.macros(bib)
    assert max(map(len, macros.values())) <= 4_000
    assert macros["a1"] == "01234567890123456789"
    (block,) = bib.entries
    assert len(bibfile.entry_of(block, bib.text, macros).get("x")) < 50_000


HOSTILE = {
    "opening braces": "{",
    "at signs": "@",
    "at signs and blanks": "@ ",
    "entries in a line": "@a{",
    "open values": "@a{b,c={\n",
    "open quotes": '@a{b,c="\n',
    "open quotes in parentheses": '@a(b,c="{\n',
    "quotes closed by the next": '@a(b,c="\n',
    "open comments": "@comment(\n",
    "open comments in a line": "@comment(",
    "open strings": '@string(a="{\n',
    "comment lines": "% @a{\r",
    "remarks": "@a{b % x\n",
    "blank lines": "\n   ",
    "names": "a,",
    "joins": "@a{b,c=d # \n",
    "markers": "<<<<<<< \n",
    "deep": "@a{b,c={{{{ }}}\n",
    "e-mail": "w@a (",
}


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE)
def test_time_is_linear(unit):
    """Eight times as much text takes not much more than eight times as long; quadratic would be sixty-four."""
    times = []
    for size in (2_000, 16_000):
        best = float("inf")
        for _ in range(2):
            begin = time.process_time()
            bibfile.parse(unit * size)
            best = min(best, time.process_time() - begin)
        times.append(best)
    assert times[1] < 30 * max(times[0], 0.002)


def test_the_view_needs_the_standard_library_only():
    code = "import sys, bibtools.bibfile; print(*sorted(sys.modules))"
    names = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    roots = {name.partition(".")[0] for name in names} - sys.stdlib_module_names
    assert {root for root in roots if root.isidentifier() and not root.startswith("_")} - {"sitecustomize"} == {
        "bibtools"
    }
