"""Taking works out, and accepting that somebody took them out: once, and then nobody asks again."""

from __future__ import annotations

import json

import pytest

from bibtools import lock
from bibtools.extract.citations import cited
from tests.bibliographies import parsed

HYDRA, GROKKING = "2307.15771", "2309.02390"
KEY, OTHER = "mcgrath2023hydra", "varma2023explaining"


@pytest.fixture
def project(bibtools, standin):
    bibtools.serve(standin)
    bibtools.write("bibtools.toml", 'sources = ["papers.txt", "notes.md"]\n')
    bibtools.write("notes.md", "# Reading\n\nSome words of mine.\n")
    bibtools("add", HYDRA)
    bibtools("add", GROKKING)
    return bibtools


def keys(project, name="refs.bib"):
    return set(parsed(project.read(name).encode()))


def held(project):
    return lock.parse(project.read("bibtools.lock"), file="bibtools.lock")


def is_settled(project):
    """Nothing left to do or to tell, for the hook too."""
    for strict in ([], ["--strict"]):
        ran = project("sync", "--check", "--offline", *strict)
        assert "warning" not in ran.err
    return True


# --- remove -------------------------------------------------------------------------------------------------


def test_a_work_goes_from_target_lock_and_the_list_of_papers(project):
    ran = project("remove", KEY)
    assert ran.summary == f"removed {KEY}"
    assert "papers.txt: line 1 gone" in ran.err
    assert keys(project) == {OTHER}
    assert project.read("papers.txt").count("\n") == 1
    assert set(held(project).records) == {f"arxiv:{GROKKING}"}
    assert set(held(project).targets["refs.bib"]) == {f"arxiv:{GROKKING}"}
    assert len(held(project).mentions) == 1
    assert is_settled(project)


def test_the_rest_of_the_file_stays_byte_for_byte(project):
    text = "% mine\n@string{x = {y}}\n\n" + project.read("refs.bib") + "\n@comment{end}\n"
    project.write("refs.bib", text)
    entry = text[text.index(f"@misc{{{KEY}") : text.index("}\n\n", text.index(f"@misc{{{KEY}")) + 3]
    project("remove", KEY)
    assert project.read("refs.bib") == text.replace(entry, "")


def test_several_at_once_and_in_another_case(project):
    project("remove", KEY.upper(), OTHER)
    assert keys(project) == set()
    assert project.read("papers.txt") == ""
    assert is_settled(project)


def test_it_accepts_a_deletion(project):
    project.write("refs.bib", project.read("refs.bib")[: project.read("refs.bib").index(f"@misc{{{OTHER}")])
    assert f"bibtools remove {OTHER}" in project("sync").err
    project("remove", OTHER)
    assert f"arxiv:{GROKKING}" not in held(project).records
    assert is_settled(project)


def test_every_target_under_the_key_it_has_there(project):
    project.write(
        "bibtools.toml",
        'sources = ["papers.txt", "notes.md"]\n[[target]]\npath = "refs.bib"\n[[target]]\npath = "talk.bib"\n'
        '[[target]]\npath = "refs.json"\n',
    )
    project("sync")
    project.write("talk.bib", project.read("talk.bib").replace(KEY, "hydra"))
    project("sync")
    project("remove", "hydra")
    assert keys(project) == keys(project, "talk.bib") == {OTHER}
    assert [item["id"] for item in json.loads(project.read("refs.json"))] == [OTHER]
    assert is_settled(project)


def test_also_from_a_file_that_was_synced_by_its_name(project):
    project("sync", "other.bib")
    assert keys(project, "other.bib") == {KEY, OTHER}
    project("remove", KEY)
    assert keys(project) == keys(project, "other.bib") == {OTHER}


@pytest.mark.parametrize(
    ("line", "goes"),
    [
        (f"- arXiv:{HYDRA}", True),
        (f"- arXiv:{HYDRA} The Hydra Effect: Emergent Self-repair in Language Model Computations", True),
        (f"* arXiv:{HYDRA} The {{H}}ydra Effect: emergent self-repair in language model computations", True),
        (f"- arXiv:{HYDRA} read again before Friday!", False),
        (f"- arXiv:{HYDRA} The Hydra Effect: Emergent Self-repair in Language Model Computations (mine)", False),
        (f"- [ ] https://arxiv.org/abs/{HYDRA} for chapter 2", False),
        (f"Ann sent me arXiv:{HYDRA}.", False),
    ],
)
def test_only_a_line_that_says_nothing_else_is_taken_out(project, line, goes):
    text = f"my list\n\n{line}\n\n- arXiv:{GROKKING}\n"
    project.write("papers.txt", text)
    project("lock")
    ran = project("remove", KEY)
    assert project.read("papers.txt") == (text.replace(f"{line}\n", "") if goes else text)
    assert ("papers.txt:3: ignored from now on" in ran.err) is not goes
    assert keys(project) == {OTHER}
    assert is_settled(project)


def test_notes_stay_and_what_they_mention_is_ignored(project):
    notes = f"- arXiv:{HYDRA}\n- see https://arxiv.org/abs/{HYDRA}v2, well written\n"
    project.write("notes.md", notes)
    project.write("papers.txt", f"- arXiv:{GROKKING}\n")
    project("sync")
    ran = project("remove", KEY, "--json").document
    assert ran["removed"] == [{"key": KEY, "id": f"arxiv:{HYDRA}"}]
    assert (ran["files"], ran["written"]) == (["refs.bib"], True)
    assert [each["source"] for each in ran["ignored"]] == ["notes.md", "notes.md"]
    assert project.read("notes.md") == notes
    project("lock")
    assert is_settled(project)
    assert keys(project) == {OTHER}


def test_what_was_removed_comes_back_by_add(project):
    project.write("notes.md", f"- arXiv:{HYDRA}\n")
    project("sync")
    project("remove", KEY)
    assert project("add", HYDRA).out == f"{KEY}\n"
    assert keys(project) == {KEY, OTHER}
    assert is_settled(project)


def test_an_entry_that_only_the_user_knows(project):
    own = "@book{knuth, title = {The Art}}\n"
    before = project.read("refs.bib")
    project.write("refs.bib", before + "\n" + own)
    assert project("remove", "knuth", "--json").document["removed"] == [{"key": "knuth", "id": None}]
    assert project.read("refs.bib").split() == before.split()
    assert set(held(project).records) == {f"arxiv:{HYDRA}", f"arxiv:{GROKKING}"}


def test_one_of_two_entries_of_a_paper_goes_alone(project):
    project.write("refs.bib", project.read("refs.bib") + f"\n@misc{{copy, title = {{X}}, eprint = {{{HYDRA}}}}}\n")
    project("sync")
    project("remove", "copy")
    assert keys(project) == {KEY, OTHER}
    assert is_settled(project)
    assert "1" in project.read("papers.txt")


DOCUMENTS = {
    "paper.tex": r"as \citet[p.~3]{KEY,other} says",
    "part/chapter.tex": r"\autocites{x}{KEY}",
    "talk.md": "As [@KEY, p. 3] says",
    "post.qmd": "@KEY says",
    "main.typ": "as @KEY says",
    "other.typ": '#cite(<KEY>, form: "prose")',
    "label.typ": '#cite(label("KEY"))',
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_what_a_document_cites_stays_unless_the_user_insists(project, name):
    text = "first line\n" + DOCUMENTS[name].replace("KEY", KEY) + "\n"
    project.write(name, text)
    before = project.files()
    ran = project("remove", KEY, code=1)
    column = text.splitlines()[1].index(KEY) + 1
    assert f'{name}:2:{column}: error: "{KEY}" is cited here [cited]' in ran.err
    assert f"remove --force {KEY}" in ran.err
    assert ran.summary == "nothing was removed: it is still cited"
    assert project.files() == before
    document = project("remove", KEY, OTHER, "--json", code=1).document
    assert (document["removed"], document["files"], document["written"]) == ([], [], False)
    assert project.files() == before
    project("remove", KEY, "--force")
    assert keys(project) == {OTHER}
    assert project.read(name) == text


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("paper.tex", f"% \\cite{{{KEY}}}"),
        ("paper.tex", r"\nocite{*}"),
        ("paper.tex", f"\\cite{{{KEY}a}}"),
        (".hidden.tex", f"\\cite{{{KEY}}}"),
        ("build/paper.tex", f"\\cite{{{KEY}}}"),
        ("talk.md", f"{KEY} is no citation, nor is me@{KEY}"),
        ("data.csv", f"\\cite{{{KEY}}}"),
    ],
)
def test_what_is_no_citation_keeps_nothing(project, name, text):
    project.write(name, text)
    project("remove", KEY)


def test_an_entry_that_others_take_fields_from_stays_too(project):
    extra = f"\n@misc{{child, title = {{C}}, crossref = {{{KEY}}}}}\n@misc{{set, entryset = {{a, {KEY}}}}}\n"
    project.write("refs.bib", project.read("refs.bib") + extra)
    ran = project("remove", KEY, code=1)
    assert f'entry "child" names "{KEY}" [cited]' in ran.err
    assert f'entry "set" names "{KEY}" [cited]' in ran.err
    project("remove", KEY, "child", "set")
    assert keys(project) == {OTHER}


def test_a_dry_run_says_what_and_does_nothing(project):
    before = project.files()
    ran = project("remove", KEY, "--dry-run")
    assert f"refs.bib: {KEY} would go" in ran.err
    assert "papers.txt: line 1 would go" in ran.err
    assert "--dry-run" in ran.summary
    assert project.files() == before


@pytest.mark.parametrize("key", ["nobody", "", "mcgrath2023", "@x"])
def test_a_key_that_nobody_knows(project, key):
    before = project.files()
    assert "[no-such-key]" in project("remove", KEY, key, code=2).err
    assert project.files() == before


def test_a_file_in_conflict_is_settled_first(project):
    project.write("refs.bib", "<<<<<<< HEAD\n@misc{a}\n=======\n@misc{b}\n>>>>>>> x\n" + project.read("refs.bib"))
    before = project.files()
    assert "[bib-conflict-markers]" in project("remove", KEY, code=2).err
    assert project.files() == before


# --- ignoring is enough -------------------------------------------------------------------------------------


def without(project, key):
    text = project.read("refs.bib")
    start = text.index(f"@misc{{{key}")
    project.write("refs.bib", text[:start] + text[text.index("\n}\n", start) + 3 :])


def test_a_deletion_is_accepted_by_ignoring_the_mention(project):
    without(project, KEY)
    assert "[missing]" in project("sync", "--offline").err
    project("ignore", "papers.txt:1")
    project("sync", "--offline")
    assert is_settled(project)
    assert f"arxiv:{HYDRA}" not in held(project).targets["refs.bib"]


def test_and_the_other_way_round(project):
    project("ignore", "papers.txt:1")
    assert "[orphaned]" in project("sync", "--offline").err
    without(project, KEY)
    project("sync", "--offline")
    assert is_settled(project)


def test_another_mention_of_the_same_paper_still_wants_it(project):
    project.write("notes.md", f"- https://arxiv.org/abs/{HYDRA} again\n- The Hydra Effect\n")
    project("lock")
    without(project, KEY)
    project("ignore", "papers.txt:1")
    if "[missing]" not in project("sync", "--offline").err:
        assert "notes.md" not in project("status", code=None).out


def test_a_deletion_that_nobody_accepted_is_not_forgotten(project):
    without(project, KEY)
    project.write("papers.txt", f"- arXiv:{GROKKING}\n")
    for _ in range(2):
        assert "[missing]" in project("sync", "--offline").err


# --- strict -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [["sync", "--check"], ["sync"], ["export"]])
def test_a_deletion_stops_nobody_unless_a_document_cites_the_entry(project, command):
    without(project, KEY)
    for _ in range(2):
        ran = project(*command, "--offline", "--strict")
        assert "[missing]" in ran.err
    project.write("paper.tex", f"\\cite{{{OTHER}}}\n\\nocite{{*}}")
    project(*command, "--offline", "--strict")
    project.write("paper.tex", f"\\cite{{{OTHER}}}\n\\cite{{{KEY}}}")
    ran = project(*command, "--offline", "--strict", code=1)
    assert f'paper.tex:2:7: warning: "{KEY}" is cited here and gone from refs.bib [missing]' in ran.err
    project(*command, "--offline")
    project("sync", "--offline", "--restore", KEY)
    project(*command, "--offline", "--strict")


def test_typst_citations():
    text = '#cite(<a>) #cite(label("b/c"), supplement: [p. 3]) @d[p. 4] cite( <e:f> ) #recite(<x>)'
    assert cited(text, markdown=True) == {"a", "b/c", "d", "e:f"}
