"""`bibtools add`: what it says, what it offers, what it notes down, and the entries that are the user's own."""

from __future__ import annotations

import os
import pty
import select
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibtools import bibfile
from bibtools.errors import UsageError
from bibtools.identify.loosely import has_words, plain_searches
from bibtools.merge import same_entry
from bibtools.model import Record
from bibtools.workflow import arguments, gather, noting
from bibtools.workflow import project as projects
from tests.children import started

HYDRA, GROKKING, SAFE, IMAGEN = "2307.15771", "2309.02390", "2201.08102", "2408.07009"
TITLE = "The Hydra Effect: Emergent Self-repair in Language Model Computations"
KNUTH = "@book{knuth84, title = {The {\\TeX}book}, author = {Donald E. Knuth}, year = 1984}\n"


@pytest.fixture
def project(bibtools, standin):
    bibtools.serve(standin)
    bibtools.write("bibtools.toml", 'sources = ["papers.txt"]\n')
    return bibtools


def entries(project, name="refs.bib"):
    text = project.read(name)
    bib = bibfile.parse(text)
    assert not [problem for problem in bib.problems if problem.severity == "error"]
    return {block.key: bibfile.entry_of(block, text, bibfile.macros(bib)) for block in bib.entries}


# -- what it says --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", [HYDRA, f"arXiv:{HYDRA}v1", f"https://arxiv.org/pdf/{HYDRA}"])
def test_it_says_what_it_added(project, what):
    ran = project("add", what)
    assert ran.out == "mcgrath2023hydra\n"
    assert ran.err == f"added: {TITLE} (Thomas McGrath et al., 2023) as mcgrath2023hydra\n1 paper added\n"


def test_already_there_is_not_added(project):
    project("add", HYDRA)
    before = project.files()
    ran = project("add", HYDRA)
    assert ran.out == "mcgrath2023hydra\n"
    assert ran.err == (
        f"already there: {TITLE} (Thomas McGrath et al., 2023) as mcgrath2023hydra\n1 already there\n"
    )
    assert project.files() == before
    both = project("add", HYDRA, GROKKING)
    assert both.summary == "1 paper added; 1 already there"


def test_a_paper_that_stands_in_the_bib_is_already_there(project):
    project.write("refs.bib", f"@misc{{mine, title={{The {{Hydra}} Effect}}, eprint={{{HYDRA}}}}}\n")
    ran = project("add", HYDRA)
    assert ran.err.startswith(f"already there: {TITLE} ")
    assert ran.out == "mine\n"


def test_an_entry_that_was_removed_is_added_again(project):
    project("add", HYDRA)
    project.write("refs.bib", "")
    assert project("add", HYDRA).summary == "1 paper added"
    assert "mcgrath2023hydra" in project.read("refs.bib")


def test_the_document_says_the_same(project):
    (row,) = project("add", HYDRA, "--json").document["added"]
    assert row == {
        "id": f"arxiv:{HYDRA}",
        "key": "mcgrath2023hydra",
        "title": TITLE,
        "authors": ["Thomas McGrath", "Matthew Rahtz", "Janos Kramar", "Vladimir Mikulik", "Shane Legg"],
        "year": 2023,
        "new": True,
    }
    (row,) = project("add", HYDRA, "--json").document["added"]
    assert row["new"] is False


def test_quiet_it_prints_the_keys_alone(project):
    ran = project("add", HYDRA, "-q")
    assert (ran.out, ran.err) == ("mcgrath2023hydra\n", "")


def test_a_file_without_papers_is_nothing_found(project):
    project.write("notes.md", "Buy milk.\n")
    assert project("add", "notes.md", code=1).summary == "found nothing to add"


# -- candidates ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("Imagen 3", {IMAGEN, "2410.90004"}),
        ("imagen", {IMAGEN, "2408.90011", "2312.90003"}),
        ("Tracr", {"2301.05062", "2301.90003"}),
        ("hydra effect", {HYDRA, "2308.90002"}),
        ("effect hydra", {HYDRA, "2308.90002"}),
        ("circuit analysis scale", {"2307.09458"}),
        ("lieberum chinchilla", {"2307.09458"}),
        ("Explaining grokking through circuit efficiency", {GROKKING, "2311.90001"}),
        ("Gemma: open models", {"2403.08295", "2412.90006"}),
    ],
)
def test_a_short_or_partial_title_has_candidates(project, words, offered):
    before = project.files()
    ran = project("add", words, code=1)
    assert ran.out == ""
    for number in offered:
        assert f". {number}  " in ran.err
    assert "  1. " in ran.err
    assert f'"{words}" may be' in ran.err
    assert "hint: choose by the id, such as: bibtools add 2" in ran.err
    assert ran.summary == "0 papers added; 1 mention unresolved, not noted down"
    assert project.files() == before


def test_a_candidate_is_shown_with_title_first_author_and_year(project):
    assert (
        "  1. 2408.07009  Imagen 3 (Imagen-Team-Google et al., 2024)\n" in project("add", "Imagen 3", code=1).err
    )


def test_the_documents_candidates(project):
    document = project("add", "Imagen 3", HYDRA, "--json", code=1).document
    assert [row["id"] for row in document["added"]] == [f"arxiv:{HYDRA}"]
    (row,) = document["candidates"]
    assert row["title"] == "Imagen 3"
    assert row["candidates"][0] == {
        "id": f"arxiv:{IMAGEN}",
        "title": "Imagen 3",
        "authors": row["candidates"][0]["authors"],
        "year": 2024,
        "score": 1.0,
    }
    assert document["problems"][0]["hint"] == "choose by the id, such as: bibtools add 2408.07009"


def test_at_most_nine_are_offered(project):
    assert project("add", "language models", code=1).err.count(". 2") <= 9


@pytest.mark.parametrize("words", ["Nobody Ever Wrote This Peculiar Sentence", "zzzyx", "the of and"])
def test_where_nothing_is_found_it_says_so(project, words):
    err = project("add", words, code=1).err
    assert f'"{words}" may be no paper that is known' in err
    assert "hint: give its arXiv id or DOI, such as: bibtools add 1706.03762" in err


@pytest.mark.parametrize("words", ["nosuch.bib", "./nosuch", "a/b", "1706.03762x", "who@example.org", "C:\\x"])
def test_what_reads_like_a_file_or_a_number_is_no_title(project, standin, words):
    assert "[argument]" in project("add", words, code=2).err
    assert not standin.requests


def test_no_paper_is_taken_for_a_title_that_it_merely_holds(project):
    for words in ("Tracr", "Gemini", "Gemma", "BEDD", "Imagen 3"):
        project("add", words, code=1)
    assert not (project.folder / "refs.bib").exists()


def test_the_searches_for_words():
    assert [query.search for query in plain_searches("Imagen 3")] == [
        "(ti:imagen AND ti:3)",
        "(all:imagen AND all:3)",
    ]
    assert plain_searches("the of and") == ()
    assert plain_searches('") OR ti:"xyz')[0].search == "(ti:ti AND ti:xyz)"
    assert len(plain_searches("word " * 500 + " ".join(f"w{n}x" for n in range(500)))[0].search) < 200


@given(st.text(max_size=60))
def test_a_search_for_words_has_nothing_but_words(words):
    for query in plain_searches(words):
        assert set(query.search) <= set("abcdefghijklmnopqrstuvwxyz0123456789():AND ")


@pytest.mark.parametrize(
    ("words", "title", "has"),
    [
        ("imagen 3", "Imagen 3 Prompts", True),
        ("imagen 3", "Imagen 2", False),
        ("effect hydra", "The Hydra Effect", True),
        ("hydra effects", "The Hydra Effect", False),
        ("the", "The Hydra Effect", False),
        ("Poincare conjecture", "The Poincaré Conjecture", True),
    ],
)
def test_whether_a_title_has_the_words(words, title, has):
    assert has_words(words, title) is has


# -- a choice on a terminal ----------------------------------------------------------------------------------


def on_terminal(project, arguments, typed):
    """The exit code, stdout, and all that stood on the terminal of a run whose stdin and stderr it is."""
    master, slave = pty.openpty()
    read, write = os.pipe()
    command = [sys.executable, "-m", "bibtools", *arguments]
    with started(command, cwd=project.folder, stdin=slave, stderr=slave, stdout=write) as running:
        os.close(slave)
        os.close(write)
        seen, answers, until = b"", list(typed), time.monotonic() + 60
        while time.monotonic() < until:
            if select.select([master], [], [], 0.2)[0]:
                try:
                    piece = os.read(master, 4096)
                except OSError:
                    break
                seen += piece
            elif running.poll() is not None:
                break
            if answers and seen.rstrip().endswith(b"Enter for none:"):
                seen += b"\n"
                os.write(master, answers.pop(0).encode() + b"\n")
        code = running.wait(timeout=60)
    with os.fdopen(read, "rb") as out:
        data = out.read().decode()
    os.close(master)
    return code, data, seen.decode()


def test_a_choice_is_added(project):
    code, out, seen = on_terminal(project, ["add", "Imagen 3"], ["1"])
    assert (code, out) == (0, "imagenteamgoogle2024imagen\n")
    assert "1. 2408.07009  Imagen 3 (Imagen-Team-Google et al., 2024)" in seen
    assert "added: Imagen 3 (Imagen-Team-Google et al., 2024) as imagenteamgoogle2024imagen" in seen
    assert f"- arXiv:{IMAGEN} Imagen 3\n" in project.read("papers.txt")
    assert "[unresolved]" not in seen
    assert project("sync", "--check", "--strict").code == 0


@pytest.mark.parametrize("typed", [["x", "0", "99", "2"], ["2"]])
def test_what_is_no_number_of_the_list_is_asked_again(project, typed):
    code, out, _ = on_terminal(project, ["add", "Imagen 3"], typed)
    assert code == 0
    assert "2410.90004" in project.read("papers.txt")
    assert out


def test_enter_is_none(project):
    code, out, seen = on_terminal(project, ["add", "Imagen 3", HYDRA], [""])
    assert (code, out) == (1, "mcgrath2023hydra\n")
    assert seen.count("2408.07009  Imagen 3") == 1
    assert IMAGEN not in project.read("papers.txt")


def test_two_questions_one_after_the_other(project):
    code, _, _ = on_terminal(project, ["add", "Imagen 3", "hydra effect"], ["1", "1"])
    assert code == 0
    assert project.read("papers.txt").count("\n") == 2


def test_a_choice_with_a_key(project):
    code, out, _ = on_terminal(project, ["add", "Imagen 3", "--key", "imagen3"], ["1"])
    assert (code, out) == (0, "imagen3\n")
    assert "imagen3" in entries(project)


def test_json_never_asks(project):
    code, out, seen = on_terminal(project, ["add", "Imagen 3", "--json"], [])
    assert code == 1
    assert "Enter for none" not in seen
    assert out.startswith("{")


# -- offline -------------------------------------------------------------------------------------------------

NOTED = [
    ("Attention Is All You Need", "- Title: Attention Is All You Need\n"),
    ("Tracr", "- Title: Tracr\n"),
    ("1706.03762", "- arXiv:1706.03762\n"),
    ("https://arxiv.org/abs/hep-th/9901001v2", "- arXiv:hep-th/9901001v2\n"),
    ("10.1103/PhysRevD.76.013009", "- doi:10.1103/physrevd.76.013009\n"),
    ("On $L^2$-extension of closed forms", "- Title: On $L^2$-extension of closed forms\n"),
    ("Who's asking? User personas & more: 50% *off*", "- Title: Who's asking? User personas & more: 50% *off*\n"),
    ("Wie schön leuchtet der Morgenstern", "- Title: Wie schön leuchtet der Morgenstern\n"),
]


@pytest.mark.parametrize(("what", "line"), NOTED)
def test_offline_it_is_noted_down_for_the_next_lock(project, standin, what, line):
    ran = project("add", "--offline", what)
    assert ran.out == ""
    assert project.read("papers.txt").lower() == line.lower()
    assert "noted in papers.txt for the next bibtools lock: " in ran.err
    assert ran.summary == "1 noted down, next: bibtools lock"
    assert not standin.requests
    assert project("extract", "--json").document["mentions"]
    again = project("add", "--offline", what)
    assert again.summary == "1 already there"
    assert "already noted: " in again.err
    assert project.read("papers.txt").lower() == line.lower()


def test_what_was_noted_offline_is_looked_up_by_the_next_lock(project):
    project("add", "--offline", HYDRA, "Switching Policies by Hand: Demonstrations from Mixtures of Controllers")
    assert "2 mentions, 2 records, 2 new; 0 unresolved" in project("lock").summary
    project("sync")
    assert set(entries(project)) == {"mcgrath2023hydra", "rahtz2020switching"}


def test_what_was_noted_as_a_title_is_chosen_later(project):
    project("add", "--offline", "Imagen 3")
    assert "bibtools resolve papers.txt:1" in project("lock", code=1).err
    project("pin", "papers.txt:1", IMAGEN)
    project("sync")
    assert "imagenteamgoogle2024imagen" in entries(project)


def test_offline_a_known_paper_is_added(project, standin):
    project("add", HYDRA)
    project.write("papers.txt", "")
    project.write("refs.bib", "")
    sent = len(standin.requests)
    ran = project("add", "--offline", HYDRA, "Imagen 3")
    assert ran.out == "mcgrath2023hydra\n"
    assert ran.summary == "1 paper added; 1 noted down, next: bibtools lock"
    assert len(standin.requests) == sent
    assert "Title: Imagen 3" in project.read("papers.txt")


def test_offline_the_document_says_what_was_noted(project):
    document = project("add", "--offline", "Imagen 3", "1706.03762", "--json").document
    assert [row["title"] for row in document["noted"]] == ["Imagen 3", None]
    assert document["noted"][1]["identifiers"][0]["value"] == "1706.03762"
    assert document["added"] == []


def test_offline_a_bib_with_ids_and_books(project):
    project.write("b.bib", KNUTH + f"@misc{{h, eprint={{{HYDRA}}}, archiveprefix={{arXiv}}}}\n")
    ran = project("add", "--offline", "b.bib")
    assert ran.out == "knuth84\n"
    assert f"- arXiv:{HYDRA}" in project.read("papers.txt")
    assert ran.summary == "1 paper added; 1 noted down, next: bibtools lock"


# -- what is noted down reads back ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["papers.txt", "papers.md", "notes/reading.txt"])
@pytest.mark.parametrize(
    "before",
    [
        "",
        "- arXiv:2201.08102\n",
        "- arXiv:2201.08102",
        "Some prose that ends without a newline",
        "Title: An Unfinished Note\n",
        "Abstract: We study the plausibility of things that were written down a while ago.\n",
        "- a list\r\n- of things\r\n",
        "1. one\n2. two\n",
        "arXiv:2201.08102\n\n",
    ],
    ids=str,
)
def test_what_is_noted_down_reads_back_behind_anything(project, name, before):
    project.write("bibtools.toml", f'sources = ["{name}"]\nadd-to = "{name}"\n')
    project.write(name, before)
    had = project("extract", "--json").document["mentions"]
    project("add", "--offline", "Imagen 3", HYDRA, "10.9999/xyz")
    assert project.read(name).startswith(before)
    found = project("extract", "--json").document["mentions"]
    assert [row["digest"] for row in found[: len(had)]] == [row["digest"] for row in had]
    assert [row["title"] for row in found[len(had) :]] == ["Imagen 3", None, None]
    assert ("\r\n" in project.read(name).removeprefix(before)) is ("\r\n" in before)


@pytest.mark.parametrize(
    "title",
    [
        "A Comment on arXiv:2408.00118",
        "Reply to https://arxiv.org/abs/2408.00118v1 and 10.1103/PhysRevD.76.013009",
        "Title: Abstract: Title",
        "<b>Bold</b> [link](http://example.org) `code`",
        "",
        "a" * 3000,
        "Line\u2028separators\u0085and\ttabs",
    ],
)
@pytest.mark.parametrize("name", ["papers.txt", "papers.md"])
def test_a_paper_of_any_title_reads_back_as_that_paper(project, title, name):
    project.write("bibtools.toml", f'sources = ["{name}"]\nadd-to = "{name}"\n')
    opened = projects.find(project.folder, {})
    for record_id in ("arxiv:2307.15771", "arxiv:hep-th/9901001", "doi:10.1103/physrevd.76.013009"):
        notes = noting.noted_down(opened, [Record(id=record_id, title=title)], [])
        (mention,) = notes.mentions
        (own,) = [one for one in mention.identifiers if one.own]
        assert f"{own.scheme}:{own.value}" == record_id


@given(st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=4))
def test_any_words_read_back_or_are_refused(tmp_path_factory, titles):
    folder = tmp_path_factory.mktemp("any")
    (folder / "bibtools.toml").write_text("sources = []\n", "utf-8")
    opened = projects.find(folder, {})
    mentions = [arguments._title(title) for title in titles if title.strip()]
    try:
        notes = noting.noted_down(opened, [], mentions)
    except UsageError as error:
        assert error.problem.code == "add-to"
        return
    assert [m.digest for m in notes.mentions] == [m.digest for m in mentions]


@pytest.mark.parametrize("name", ["papers.bib", "papers.json", "papers.tex"])
def test_a_file_that_is_no_notes_is_refused_before_anything_is_written(project, name):
    project.write("bibtools.toml", f'sources = []\nadd-to = "{name}"\n')
    before = project.files()
    assert "[add-to]" in project("add", HYDRA, code=2).err
    assert "[add-to]" in project("add", "--offline", "Imagen 3", code=2).err
    assert project.files() == before


@pytest.mark.parametrize(
    "text",
    [
        "Title: Imagen 3\n",
        "- Title: Imagen 3\n",
        "* Title:  Imagen\n  3\n",
        "1. Title: Imagen 3\n",
        "Title: Imagen 3",
    ],
)
@pytest.mark.parametrize("name", ["n.txt", "n.md"])
def test_a_text_behind_title_is_a_mention(text, name):
    (mention,) = gather.from_bytes(text.encode(), name=name, prose="txt").mentions
    assert (mention.kind, mention.title) == ("title", "Imagen 3")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Title: Imagen 3\nAuthors: A. Doe, B. Roe\n", 1),
        ("Title: Imagen 3\narXiv:2408.07009\n", 1),
        ("- Title: Imagen 3\n- Title: Gemini\n", 2),
        ("---\ntitle: Weekly notes\n---\n\ntext\n", 0),
        ("Title:\n", 0),
        ("```\nTitle: Imagen 3\n```\n", 0),
    ],
)
def test_a_title_with_more_beside_it_is_one_mention(text, number):
    assert len(gather.from_bytes(text.encode(), name="n.md", prose="txt").mentions) == number


# -- entries without an identifier ---------------------------------------------------------------------------


def test_a_book_in_a_bib_does_not_stop_the_rest(project):
    project.write("old.bib", KNUTH + f"@misc{{h, eprint={{{HYDRA}}}, archiveprefix={{arXiv}}}}\n")
    ran = project("add", "old.bib")
    assert ran.out.split() == ["h", "knuth84"]
    assert ran.summary == "2 papers added"
    found = entries(project)
    assert found["knuth84"].get("title") == "The {\\TeX}book"
    assert "knuth" not in project.read("bibtools.lock").lower()
    assert "knuth" not in project.read("papers.txt").lower()
    assert project("sync", "--check", "--strict").code == 0
    before = project.files()
    assert project("add", "old.bib").summary == "2 already there"
    assert project.files() == before


def test_nothing_else_in_the_bib_changes(project):
    hand = '% mine\r\n@string{x = "y"}\r\n@Article{ a ,\r\n TITLE="t" }\r\n@misc{broken, title = {never\r\n'
    project.write("refs.bib", hand)
    project.write("old.bib", KNUTH)
    project("add", "old.bib")
    text = project.read("refs.bib")
    at = text.index("@Book{") if "@Book{" in text else text.index("@book{")
    end = text.index("@misc{broken")
    assert text[:at].rstrip() + "\r\n" + text[end:] == hand
    assert "\n" not in text[at:end].replace("\r\n", "")


@pytest.mark.parametrize(
    "standing",
    [
        "@misc{knuth84, title={Other}}\n",
        "@misc{Knuth84, title={Other}}\n",
        f"@misc{{knuth84, eprint={{{SAFE}}}}}\n",
    ],
)
def test_a_key_that_is_taken_becomes_another(project, standing):
    project.write("refs.bib", standing)
    project.write("old.bib", KNUTH)
    ran = project("add", "old.bib")
    assert ran.out == "knuth1984texbook\n"
    assert "[key-changed]" in ran.err
    assert standing in project.read("refs.bib")
    assert "knuth1984texbook" in entries(project)


def test_a_key_of_the_lock_is_taken_too(project):
    project("add", HYDRA)
    project.write("refs.bib", "")
    project.write("old.bib", "@book{mcgrath2023hydra, title={A Book About Hydras}, author={A. McGrath}}\n")
    assert "[key-changed]" in project("add", "old.bib").err
    assert set(entries(project)) == {"mcgrathbook"}


def test_macros_come_with_the_entry_unless_they_mean_the_same(project):
    project.write("refs.bib", "@string{aw = {Addison-Wesley}}\n@string{mit = {Other}}\n")
    project.write(
        "old.bib",
        "@string{aw = {Addison-Wesley}}\n@string{mit = {MIT Press}}\n"
        "@book{one, title={One}, author={A}, publisher=aw, month=jun}\n"
        "@book{two, title={Two}, author={A}, publisher=mit, note=nowhere}\n"
        "@book{three, title={Three}, author={A}, publisher=mit # { (Cambridge)}}\n",
    )
    project("add", "old.bib")
    text = project.read("refs.bib")
    found = entries(project)
    assert found["one"].fields[2].macro
    assert "month = jun" in " ".join(text.split()).replace(" =", " =")
    assert found["two"].get("publisher") == "MIT Press"
    assert found["three"].get("publisher") == "MIT Press (Cambridge)"


def test_a_cross_reference_follows_its_entry(project):
    project.write("refs.bib", "@misc{whole, title={Taken}}\n")
    project.write(
        "old.bib",
        "@incollection{part, title={Part}, author={A}, crossref={whole}}\n"
        "@book{whole, title={The Whole}, editor={B. Beta}, year=2000}\n",
    )
    keys = project("add", "old.bib").out.split()
    found = entries(project)
    parent = next(key for key in keys if key != "part")
    assert found["part"].get("crossref") == parent != "whole"
    assert list(found).index("part") < list(found).index(parent)


RIS = (
    b"TY  - BOOK\r\nAU  - Halmos, Paul\r\nTI  - Naive Set Theory\r\nPY  - 1960\r\nPB  - Van Nostrand\r\nER  - \r\n"
)
CSL = b'[{"id": "halmos", "type": "book", "title": "Naive Set Theory", "author": [{"family": "Halmos"}]}]'
YAML = b"references:\n- id: halmos\n  type: book\n  title: Naive Set Theory\n  author:\n  - family: Halmos\n"
BIBTEX = b"@book{halmos, author={Paul Halmos}, title={Naive Set Theory}, year=1960}"


@pytest.mark.parametrize(
    "data", [RIS, CSL, YAML, BIBTEX, b"\xef\xbb\xbf" + RIS, b"\n\n  " + BIBTEX, b"% x\n" + BIBTEX]
)
@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
def test_a_pasted_entry_is_the_users_own(project, data, dialect):
    project.write("bibtools.toml", f'sources = ["papers.txt"]\nformat = "{dialect}"\n')
    ran = project("add", "-", stdin=data)
    (key,) = ran.out.split()
    entry = entries(project)[key]
    assert entry.entry_type == "book"
    assert entry.get("title") == "Naive Set Theory"
    assert "Halmos" in entry.get("author")
    if b"1960" in data and data is not BIBTEX and b"@" not in data:
        assert entry.get("year" if dialect == "bibtex" else "date") == "1960"
    assert not (project.folder / "papers.txt").exists()
    assert project("add", "-", stdin=data).summary == "1 already there"
    assert project("sync", "--check", "--strict").code == 0
    document = project("add", "-", "--json", stdin=data).document
    assert document["added"][0]["id"] == f"entry:{key}"


def test_pasted_entries_among_notes(project):
    data = f"See this:\n\n@book{{halmos, title={{Naive Set Theory}}}}\n\nand arXiv:{HYDRA} too\n".encode()
    ran = project("add", "-", stdin=data)
    assert set(ran.out.split()) == {"halmos", "mcgrath2023hydra"}
    assert ran.summary == "2 papers added"


@pytest.mark.parametrize(
    "data",
    [
        b"[1706.03762](x) " + HYDRA.encode(),
        b"{broken json\n\narXiv:" + HYDRA.encode(),
        b"mail me@x.org arXiv:" + HYDRA.encode(),
    ],
)
def test_what_only_looks_like_a_document_is_notes(project, data):
    assert "mcgrath2023hydra" in project("add", "-", stdin=data, code=None).out


@pytest.mark.parametrize("data", [b"@book{x, title = {never closed", b"TY  - BOOK\n", b"[{}]", b"\x00\x01", b""])
def test_broken_pasted_text_is_told_and_nothing_is_written(project, data):
    before = project.files()
    ran = project("add", "-", stdin=data, code=None)
    assert ran.code in (1, 3)
    assert project.files() == before


def test_an_entry_with_a_doi_is_followed_and_not_the_users_own(project):
    project.write("doi.bib", "@article{x, title={A Work That arXiv Lacks}, doi={10.9999/abc.1}, year=2001}\n")
    assert project("add", "doi.bib").out == "x\n"
    assert "10.9999/abc.1" in project.read("papers.txt")
    assert "doi:10.9999/abc.1" in project.read("bibtools.lock")


def test_without_a_bib_among_the_targets_it_is_said(project):
    project.write("bibtools.toml", 'sources = ["papers.txt"]\noutput = "refs.json"\n')
    project.write("old.bib", KNUTH + f"@misc{{h, eprint={{{HYDRA}}}, archiveprefix={{arXiv}}}}\n")
    ran = project("add", "old.bib", code=1)
    assert ran.out == "h\n"
    assert "[no-identifier]" in ran.err
    assert "knuth84" in ran.err


def test_a_file_with_conflict_markers_is_left_alone(project):
    project.write("refs.bib", "<<<<<<< ours\n@misc{a, title={A}}\n=======\n@misc{a, title={B}}\n>>>>>>> theirs\n")
    project.write("old.bib", KNUTH)
    before = project.files()
    assert "[bib-conflict-markers]" in project("add", "old.bib", code=2).err
    assert project.files() == before


def test_entries_of_two_files_under_one_key(project):
    project.write("a.bib", "@book{x, title={One Book}, author={A. Alpha}}\n")
    project.write("b.bib", "@book{x, title={Another Book}, author={B. Beta}}\n")
    keys = project("add", "a.bib", "b.bib").out.split()
    assert len(set(keys)) == 2
    found = entries(project)
    assert {found[key].get("title") for key in keys} == {"One Book", "Another Book"}


def test_the_same_entry_under_another_key_is_there_already(project):
    project.write("refs.bib", KNUTH.replace("knuth84", "texbook"))
    project.write("old.bib", KNUTH)
    ran = project("add", "old.bib")
    assert ran.out == "texbook\n"
    assert ran.summary == "1 already there"
    assert same_entry(entries(project)["texbook"], entries(project, "old.bib")["knuth84"])


# -- --key ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "what", [HYDRA, "Switching Policies by Hand: Demonstrations from Mixtures of Controllers"]
)
def test_a_paper_under_a_key_of_the_users(project, what):
    assert project("add", what, "--key", "mine:2023").out == "mine:2023\n"
    assert set(entries(project)) == {"mine:2023"}
    assert project("add", what).out == "mine:2023\n"
    assert project("add", what, "--key", "mine:2023").summary == "1 already there"


def test_an_entry_under_a_key_of_the_users(project):
    project.write("old.bib", KNUTH)
    assert project("add", "old.bib", "--key", "tex").out == "tex\n"
    assert set(entries(project)) == {"tex"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([HYDRA, GROKKING, "--key", "x"], "one paper"),
        (["two.bib", "--key", "x"], "one paper"),
        ([HYDRA, "--key", "rahtz2022safe"], "taken"),
        ([HYDRA, "--key", "Own84"], "taken"),
        (["one.bib", "--key", "own84"], "taken"),
        ([SAFE, "--key", "other"], "known already, as rahtz2022safe"),
        ([HYDRA, "--key", "a b"], "cannot be a citation key"),
        ([HYDRA, "--key", "a,b"], "cannot be a citation key"),
        ([HYDRA, "--key", "a}"], "cannot be a citation key"),
        ([HYDRA, "--key", ""], "cannot be a citation key"),
        (["Imagen 4000", "--offline", "--key", "x"], "not known yet"),
    ],
)
def test_a_key_that_cannot_be_given_is_refused_and_nothing_is_written(project, arguments, said):
    project("add", SAFE)
    project.write("refs.bib", project.read("refs.bib") + "\n@misc{own84, title={Own}}\n")
    project("sync")
    project.write("one.bib", KNUTH)
    project.write("two.bib", KNUTH + KNUTH.replace("knuth84", "b").replace("book", "primer"))
    before = project.files()
    ran = project("add", *arguments, code=2)
    assert "[add-key]" in ran.err
    assert said in ran.err
    assert project.files() == before


def test_a_key_with_several_candidates_waits_for_the_choice(project):
    before = project.files()
    project("add", "Imagen 3", "--key", "imagen3", code=1)
    assert project.files() == before
    assert project("add", IMAGEN, "--key", "imagen3").out == "imagen3\n"


# -- limits --------------------------------------------------------------------------------------------------


def test_many_entries_at_once_take_no_square_of_time(project):
    text = "".join(f"@misc{{k{n}, eprint={{2401.{n:05}}}, archiveprefix={{arXiv}}}}\n" for n in range(1, 1501))
    project.write("many.bib", text)
    began = time.monotonic()
    assert project("add", "--offline", "many.bib").summary == "1,500 noted down, next: bibtools lock"
    assert time.monotonic() - began < 60
    assert project.read("papers.txt").count("\n") == 1500


def test_standard_input_is_read_once(project):
    assert project("add", "-", "-", stdin=BIBTEX).summary == "1 paper added"


def test_the_target_itself_can_be_given(project):
    project.write("refs.bib", KNUTH + f"@misc{{h, eprint={{{HYDRA}}}, archiveprefix={{arXiv}}}}\n")
    before = project.read("refs.bib")
    ran = project("add", "refs.bib")
    assert ran.out.split() == ["h", "knuth84"]
    assert ran.summary == "2 already there"
    assert project.read("refs.bib") == before


def test_of_many_undecided_titles_none_is_searched_for_singly(project, standin):
    lines = "".join(f"- Title: Peculiar Zebra Number {name}\n" for name in "abcdefgh")
    project.write("list.md", lines)
    project("add", "list.md", code=1)
    assert not [seen for seen in standin.requests if "all%3A" in str(seen) or "all:" in str(seen)]
    few = len(standin.requests)
    project("add", "Peculiar Zebra Number Nine", code=1)
    assert [seen for seen in standin.requests[few:] if "all%3A" in str(seen) or "all:" in str(seen)]
