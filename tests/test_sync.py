"""`bibtools sync` as a user runs it: conflicts, several targets, only what is cited, generated files."""

from __future__ import annotations

import json

import pytest

from bibtools.extract.citations import cited

HYDRA = "2307.15771"
GROKKING = "2309.02390"


@pytest.fixture
def project(bibtools, standin):
    bibtools.serve(standin)
    bibtools.write("bibtools.toml", 'sources = ["notes.txt"]\n')
    bibtools.write("notes.txt", f"https://arxiv.org/abs/{HYDRA}\n\narXiv:{GROKKING}\n")
    bibtools("lock")
    return bibtools


def upstream_says(project, number, **changes):
    """The lock as if arXiv now said something else."""
    document = json.loads(project.read("bibtools.lock"))
    document["records"][f"arxiv:{number}"] |= changes
    project.write("bibtools.lock", json.dumps(document, ensure_ascii=False, indent=1) + "\n")


def target_of(ran, number=0):
    return ran.document["targets"][number]


# --- settings that change ---------------------------------------------------------------------------------


def test_another_form_of_the_month_comes_into_the_target_that_asks_for_it(project):
    project.write(
        "bibtools.toml", 'sources = ["notes.txt"]\n[[target]]\npath = "a.bib"\n[[target]]\npath = "b.bib"\n'
    )
    project("sync")
    before = project.read("a.bib")
    settings = project.read("bibtools.toml")
    project.write("bibtools.toml", settings + 'month = "number"\nfield-order = ["title"]\n')
    project("sync", "--check", code=1)
    ran = project("sync", "--json")
    assert [[e["fields"] for e in t["updated"]] for t in ran.document["targets"]] == [[], [["month"], ["month"]]]
    assert project.read("a.bib") == before
    assert "month         = {7}," in project.read("b.bib")
    assert "jul" not in project.read("b.bib")
    held = project.read("bibtools.lock")
    assert project("sync", "--strict").summary == "a.bib is current; b.bib is current"
    assert project.read("bibtools.lock") == held
    project.write("bibtools.toml", settings)
    project("sync")
    assert project.read("b.bib") == before


# --- conflicts --------------------------------------------------------------------------------------------


@pytest.fixture
def quarrel(project):
    project("sync")
    project.write("refs.bib", project.read("refs.bib").replace("{The Hydra Effect", "{My Hydra"))
    upstream_says(project, HYDRA, title="Hydra, Revised")
    return project


def test_a_conflict_is_told_until_it_is_settled(quarrel):
    for _ in range(2):
        ran = quarrel("sync", "--json")
        conflict = target_of(ran)["conflicts"]
        assert [(c["key"], c["field"], c["theirs"]) for c in conflict] == [
            ("mcgrath2023hydra", "title", "Hydra, Revised")
        ]
        assert conflict[0]["base"].startswith("The Hydra Effect")
        assert conflict[0]["ours"].startswith("My Hydra")
        assert "--prefer ours=mcgrath2023hydra.title" in ran.err
    quarrel("sync", "--strict", code=1)
    quarrel("status", code=1)
    assert "1 conflict settled" in quarrel("sync", "--prefer", "theirs=mcgrath2023hydra.title").summary
    assert "{Hydra, Revised}" in quarrel.read("refs.bib")
    assert quarrel("sync", "--strict").summary == "refs.bib is current"


def test_ours_settles_without_touching_the_file(quarrel):
    before = quarrel.read("refs.bib")
    assert quarrel("sync", "--prefer", "ours").summary == "refs.bib is current, 1 conflict settled"
    assert quarrel.read("refs.bib") == before
    quarrel("sync", "--strict")


def test_with_check_nothing_is_settled(quarrel):
    before = quarrel.files()
    quarrel("sync", "--check", "--prefer", "theirs", code=1)
    assert quarrel.files() == before


@pytest.mark.parametrize("prefer", ["theirs=nobody", "ours=mcgrath2023hydra.year", "mine"])
def test_what_is_not_in_conflict_cannot_be_settled(quarrel, prefer):
    before = quarrel.files()
    assert "hint:" in quarrel("sync", "--prefer", prefer, code=2).err
    assert quarrel.files() == before


# --- several targets --------------------------------------------------------------------------------------

TWO = """sources = ["notes.txt"]
[[target]]
path = "refs.bib"
[[target]]
path = "paper/refs.bib"
format = "biblatex"
only-cited = ["paper/*.tex", "draft.md"]
"""


@pytest.fixture
def paper(project):
    project.write("bibtools.toml", TWO)
    project.write("paper/main.tex", "\\cite[p.~3]{other, mcgrath2023hydra} % \\cite{varma2023explaining}\n")
    project.write("draft.md", "Nobody is cited by me@example.org.\n")
    return project


def test_a_target_has_only_what_its_files_cite(paper):
    paper("sync")
    assert paper.read("refs.bib").count("@misc") == 2
    assert paper.read("paper/refs.bib").count("@online") == 1
    paper.write("draft.md", "As [see @varma2023explaining, p. 3] says.\n")
    assert target_of(paper("sync", "--json"), 1)["added"] == ["varma2023explaining"]
    before = paper.files()
    assert paper("sync").summary == "refs.bib is current; paper/refs.bib is current"
    assert paper.files() == before


def test_what_is_cited_no_more_stays_until_it_is_pruned(paper):
    paper("sync")
    paper.write("paper/main.tex", "\\nocite{}\n")
    assert target_of(paper("sync", "--json"), 1)["orphaned"] == ["mcgrath2023hydra"]
    paper("sync", "--prune")
    assert "@" not in paper.read("paper/refs.bib")
    assert paper.read("refs.bib").count("@misc") == 2
    paper.write("paper/main.tex", "\\nocite{*}\n")
    assert len(target_of(paper("sync", "--json"), 1)["added"]) == 2


def test_an_earlier_key_still_counts_as_cited(paper):
    paper("sync")
    paper.write("refs.bib", paper.read("refs.bib").replace("mcgrath2023hydra", "hydra"))
    (paper.folder / "paper" / "refs.bib").unlink()
    assert "paper/refs.bib" not in paper("sync", "--strict", code=1).out
    document = target_of(paper("sync", "--json"), 1)
    assert (document["missing"], document["orphaned"]) == (["mcgrath2023hydra"], [])


def test_a_key_that_only_another_file_knew_counts_as_cited(paper):
    paper.write("paper/main.tex", "Nothing yet.\n")
    paper("sync")
    paper.write("refs.bib", paper.read("refs.bib").replace("mcgrath2023hydra", "hydra"))
    paper("sync")
    paper.write("paper/main.tex", "\\cite{mcgrath2023hydra}\n")
    assert target_of(paper("sync", "--json"), 1)["added"] == ["hydra"]


def test_only_files_of_the_project_are_asked_what_they_cite(paper, tmp_path):
    outside = tmp_path / "outside.tex"
    outside.write_text("\\cite{mcgrath2023hydra}")
    (paper.folder / "paper" / "main.tex").unlink()
    (paper.folder / "paper" / "link.tex").symlink_to(outside)
    paper.write("bibtools.toml", TWO.replace("draft.md", "../outside.tex"))
    ran = paper("sync", "--json")
    assert target_of(ran, 1)["added"] == []
    assert [p["code"] for p in ran.document["problems"]].count("cited-missing") == 2


def test_a_key_that_a_foreign_entry_holds_gets_an_alias_there_only(paper):
    paper.write("paper/refs.bib", "@book{mcgrath2023hydra,\n  title = {Quite Another Book},\n}\n")
    paper("sync")
    assert "@book{mcgrath2023hydra," in paper.read("paper/refs.bib")
    assert "@online{mcgrath2023hydraa," in paper.read("paper/refs.bib")
    assert "@misc{mcgrath2023hydra," in paper.read("refs.bib")
    keys = {row["id"]: row["key"] for row in paper("keys", "--json").document["keys"]}
    assert keys[f"arxiv:{HYDRA}"] == "mcgrath2023hydra"
    before = paper.files()
    paper("sync")
    assert paper.files() == before


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        (r"\citet*[see][p.~3]{a}\Citep{ b ,c}", "abc"),
        (r"\parencites(see)()[1]{a}[2]{b}{c}", "abc"),
        (r"\volcite{2}[3]{a}", "2a"),
        (r"\cite[{a]b}]{c}{d}", "c"),
        (r"\cite% \cite{b}" + "\n{a}", "a"),
        (r"\%\cite{a}", "a"),
        (r"\\%\cite{a}", ""),
        (r"\cite{a", ""),
        (r"\cite[a", ""),
        (r"\nocite{*}", "*"),
        (r"\cite", ""),
        ("@a in LaTeX", ""),
    ],
)
def test_citations_in_latex(text, keys):
    assert cited(text) == frozenset(keys)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("[@a; -@b, p. 3] @c.", "abc"),
        ("@{a} and me@b.org \\cite{c}", "ac"),
        ("nocite: |\n  @*", "*"),
        ("@", ""),
    ],
)
def test_citations_in_markdown(text, keys):
    assert cited(text, markdown=True) == frozenset(keys)


def test_citations_with_long_keys():
    assert cited("[@doe:2020/x-1.a.]", markdown=True) == {"doe:2020/x-1.a"}


@pytest.mark.parametrize(
    "text", [r"\cite[" * 20_000, "@" * 100_000, r"\cite{" * 20_000, "\\" * 100_000 + "%", "@a." * 50_000]
)
def test_citations_in_hostile_text_take_no_time(text):
    cited(text)
    cited(text, markdown=True)


# --- generated files --------------------------------------------------------------------------------------

GENERATED = TWO.replace('path = "paper/refs.bib"', 'path = "web/refs.json"').replace("only-cited", "# only-cited")


@pytest.fixture
def web(project):
    project.write("bibtools.toml", GENERATED)
    project("sync")
    return project


def test_a_json_target_is_generated_with_keys_and_hand_edits_of_the_bib(web):
    items = json.loads(web.read("web/refs.json"))
    assert [item["id"] for item in items] == ["mcgrath2023hydra", "varma2023explaining"]
    text = web.read("refs.bib").replace("mcgrath2023hydra", "hydra").replace("{The Hydra Effect", "{My Hydra")
    web.write("refs.bib", text)
    assert web("sync").summary == "refs.bib is current; web/refs.json: generated"
    items = json.loads(web.read("web/refs.json"))
    assert items[0]["id"] == "hydra"
    assert items[0]["title"].startswith("My Hydra")
    before = web.files()
    assert web("sync", "--strict").summary == "refs.bib is current; web/refs.json is current"
    assert web.files() == before


def test_a_ris_target_is_generated_with_keys_and_hand_edits_of_the_bib(project):
    project.write("bibtools.toml", GENERATED.replace("refs.json", "refs.ris"))
    project("sync")
    text = project.read("web/refs.ris")
    assert text.count("TY  - GEN\n") == text.count("ER  - \n") == 2
    assert "ID  - mcgrath2023hydra\n" in text
    project.write("refs.bib", project.read("refs.bib").replace("{The Hydra Effect", "{My Hydra"))
    assert project("sync").summary == "refs.bib is current; web/refs.ris: generated"
    assert "TI  - My Hydra" in project.read("web/refs.ris")
    before = project.files()
    assert project("sync", "--strict").summary == "refs.bib is current; web/refs.ris is current"
    assert project.files() == before


def test_what_upstream_changes_comes_into_the_generated_file_in_the_same_run(web):
    upstream_says(web, HYDRA, title="Hydra, Revised")
    web("sync")
    assert "Hydra, Revised" in web.read("refs.bib")
    assert json.loads(web.read("web/refs.json"))[0]["title"] == "Hydra, Revised"
    assert target_of(web("sync", "--json"), 1)["changed"] is False


def test_a_generated_file_that_was_edited_is_left_alone_until_it_is_removed(web):
    web.write("web/refs.json", web.read("web/refs.json").replace("Hydra", "Lernaean"))
    web.write("notes.txt", f"arXiv:{HYDRA}\n\narXiv:{GROKKING}\n\narXiv:2408.00118\n")
    edited = web.read("web/refs.json")
    ran = web("sync", code=5)
    assert "[generated-edited]" in ran.err
    assert "remove the file" in ran.err
    assert web.read("web/refs.json") == edited
    assert web.read("refs.bib").count("@misc") == 3
    web("sync", "--check", code=5)
    (web.folder / "web" / "refs.json").unlink()
    web("sync")
    assert len(json.loads(web.read("web/refs.json"))) == 3


def test_a_file_that_stood_there_before_is_not_overwritten(project):
    project.write("web/refs.json", "[]\n")
    project.write("bibtools.toml", GENERATED)
    project("sync", code=5)
    assert project.read("web/refs.json") == "[]\n"


def test_an_interrupted_run_leaves_a_generated_file_that_is_taken_for_what_it_is(web):
    lock = web.read("bibtools.lock")
    web.write("refs.bib", web.read("refs.bib").replace("mcgrath2023hydra", "hydra"))
    web("sync")
    web.write("bibtools.lock", lock)  # as if the run had been killed before it
    assert web("sync").code == 0


def test_a_json_target_alone(project):
    project.write("bibtools.toml", 'sources = ["notes.txt"]\noutput = "refs.json"\n')
    project("sync")
    assert len(json.loads(project.read("refs.json"))) == 2
    before = project.files()
    assert project("sync").summary == "refs.json is current"
    assert project("export", "--format", "csl-json").out == project.read("refs.json")
    project("status")
    assert project.files() == before


READABLE = {"html": "index.html", "markdown": "refs.md", "text": "REFS.TXT", "jsonl": "refs.jsonl"}


@pytest.mark.parametrize(("format", "name"), READABLE.items())
def test_a_target_to_read_is_current_and_no_source_even_in_a_folder_of_sources(project, format, name):
    project.write("notes/reading.md", f"- arXiv:{HYDRA}\n")
    project.write(
        "bibtools.toml",
        f'sources = ["notes.txt", "notes/"]\n[[target]]\npath = "refs.bib"\n[[target]]\npath = "notes/{name}"\n',
    )
    assert f"notes/{name}: generated" in project("sync").summary
    before = project.files()
    assert project("sync", "--strict").summary == f"refs.bib is current; notes/{name} is current"
    project("status", "--strict")
    project("sync", "--check")
    assert project.files() == before
    sources = {mention["source"] for mention in project("extract", "--json").document["mentions"]}
    assert sources == {"notes.txt", "notes/reading.md"}
    assert project("export", "--format", format).out == project.read(f"notes/{name}")
    project("add", "2408.00118")
    project("sync", "--check", "--strict")
    assert "gemmateam2024gemma" in project.read(f"notes/{name}")


@pytest.mark.parametrize("name", ["notes.txt", "web/../notes.txt"])
def test_notes_are_never_overwritten_as_a_target(project, name):
    project.write("bibtools.toml", f'sources = ["notes.txt"]\noutput = "{name}"\n')
    before = project.files()
    assert "is a source too" in project("sync", code=2).err
    assert project.files() == before
    project.write("bibtools.toml", 'sources = ["."]\noutput = "notes.txt"\n')
    before = project.read("notes.txt")
    assert "[generated-edited]" in project("sync", code=5).err
    assert project.read("notes.txt") == before


def test_where_a_work_is_mentioned_is_known_to_every_command_that_writes_it(project):
    project.write("more.txt", f"arXiv:{HYDRA}\n")
    project.write("bibtools.toml", 'sources = ["notes.txt", "more.txt"]\noutput = "refs.jsonl"\n')
    project("sync")
    lines = [json.loads(line) for line in project.read("refs.jsonl").splitlines()]
    assert [line["sources"] for line in lines] == [["more.txt", "notes.txt"], ["notes.txt"]]
    project.write("more.txt", f"arXiv:{HYDRA}\n\narXiv:{GROKKING}\n")
    project("sync", "--check", code=1)
    project("add", "2408.00118")
    project("sync", "--check")
    lines = [json.loads(line) for line in project.read("refs.jsonl").splitlines()]
    assert [line["sources"] for line in lines] == [
        ["papers.txt"],
        ["more.txt", "notes.txt"],
        ["more.txt", "notes.txt"],
    ]
    given = [
        json.loads(line) for line in project("export", "--format", "jsonl", HYDRA, "more.txt").out.splitlines()
    ]
    assert [line["sources"] for line in given] == [["more.txt"], ["more.txt"]]


@pytest.mark.parametrize("options", [[], ["--max-authors", "50"]], ids=["as it stands", "other options"])
def test_an_entry_with_hand_edits_has_its_abstract_in_formats_that_carry_one(project, options):
    project("sync")
    project.write("refs.bib", project.read("refs.bib").replace("{The Hydra Effect", "{My Hydra"))
    hydra, _ = map(json.loads, project("export", "--format", "jsonl", *options).out.splitlines())
    assert hydra["title"].startswith("My Hydra")
    assert "language model" in hydra["abstract"]


# --- a newer program, and another time --------------------------------------------------------------------


def test_a_newer_program_changes_nothing_unless_asked(project, monkeypatch):
    from dataclasses import replace

    from bibtools import render
    from bibtools.model import Field

    project("sync")
    before = project.files()
    render_entry = render.render_entry

    def newer(record, key, options):
        found = render_entry(record, key, options)
        return replace(found, entry=replace(found.entry, fields=(*found.entry.fields, Field("note", "new"))))

    monkeypatch.setattr(render, "render_entry", newer)
    assert project("sync", "--json").document["targets"][0]["changed"] is False
    assert project.files() == before
    assert "2 updated" in project("sync", "--rerender").summary
    assert project.read("refs.bib").count("{new}") == 2
    assert target_of(project("sync", "--json"))["changed"] is False


def test_any_other_bib_file_may_be_brought_up_to_date(project):
    project("sync", "talk.bib")
    assert "refs.bib" not in project.files()
    text = project.read("talk.bib").replace("mcgrath2023hydra", "hydra")
    project.write("talk.bib", text)
    assert project("sync", "talk.bib").summary == "talk.bib is current"
    project("sync")
    assert "mcgrath2023hydra" in project.read("refs.bib")
    assert project.read("talk.bib") == text


def test_the_lists_are_sorted(project):
    notes = "".join(f"arXiv:{number}\n\n" for number in (GROKKING, HYDRA, "2408.00118"))
    project.write("notes.txt", notes)
    project("sync")
    project.write("refs.bib", "% gone\n")
    missing = target_of(project("sync", "--json"))["missing"]
    assert missing == sorted(missing)
    assert len(missing) == 3
