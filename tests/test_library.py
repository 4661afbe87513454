"""The library: what the sources mention, and, as the user's own, every other work of the first target."""

from __future__ import annotations

import json

import pytest

HYDRA = "2307.15771"
GROKKING = "2309.02390"
GEMMA = "2408.00118"
MINE = """@string{jml = {Journal of Machine Learning}}

@misc{pasted,
  title = {Explaining grokking through circuit efficiency},
  eprint = {2309.02390},
}

@book{knuth84,
  author = {Donald E. Knuth},
  title = {The {TeXbook}},
  publisher = {Addison-Wesley},
  year = 1984,
}
"""


@pytest.fixture
def project(bibtools, standin):
    """One paper in the notes, one the user pasted into refs.bib, one book there."""
    bibtools.serve(standin)
    bibtools.write("bibtools.toml", 'sources = ["notes.txt"]\n')
    bibtools.write("notes.txt", f"arXiv:{HYDRA}\n")
    bibtools("lock")
    bibtools("sync")
    bibtools.write("refs.bib", MINE + "\n" + bibtools.read("refs.bib"))
    return bibtools


def rows(project):
    return {row["key"]: row for row in project("status", "--json", code=None).document["records"]}


def paste(project, entry, name="refs.bib"):
    there = (project.folder / name).exists()
    project.write(name, (project.read(name) if there else "") + "\n" + entry + "\n")


# --- followed ---------------------------------------------------------------------------------------------


def test_offline_an_unknown_entry_is_one_line_and_nothing_changes(project):
    paste(project, "@misc{another, title = {Gemma 2}, eprint = {2408.00118}}")
    before = project.files()
    for options in ([], ["--strict"], ["--check"], ["--check", "--strict"]):
        ran = project("sync", "--offline", *options)
        assert "refs.bib: warning: 2 entries have an id that the lock does not know" in ran.err
        assert ran.err.count("[entry-unknown]") == 1
        assert "hint: run: bibtools lock" in ran.err
        assert ran.summary == "refs.bib is current"
    assert "[entry-unknown]" in project("status", "--strict").err
    assert project.files() == before


def test_lock_asks_for_the_record_and_the_entry_is_the_users_own(project, standin):
    text = project.read("refs.bib")
    ran = project("lock")
    assert "new: pasted  Explaining grokking through circuit efficiency" in ran.err
    assert ran.summary.startswith("1 mention, 2 records, 1 new; 0 unresolved")
    assert rows(project)["pasted"]["id"] == f"arxiv:{GROKKING}"
    assert project("sync", "--offline").summary == "refs.bib is current"
    assert project.read("refs.bib") == text
    base = json.loads(project.read("bibtools.lock"))["targets"]["refs.bib"][f"arxiv:{GROKKING}"]
    assert base["key"] == "pasted"
    assert "howpublished" in base["withheld"]
    before, sent = project.files(), len(standin.requests)
    assert "[entry-unknown]" not in project("sync").err
    project("lock")
    assert project.files() == before
    assert len(standin.requests) == sent


def test_a_dry_run_shows_what_lock_would_ask(project, standin):
    sent = len(standin.requests)
    assert f"id_list={GROKKING}" in project("lock", "--dry-run").out
    assert len(standin.requests) == sent
    project("lock")
    assert project("lock", "--dry-run").out == ""


def test_an_online_sync_asks_too(project):
    text = project.read("refs.bib")
    assert project("sync").summary == "refs.bib is current"
    assert project.read("refs.bib") == text
    assert rows(project)["pasted"]["id"] == f"arxiv:{GROKKING}"


def test_a_service_that_is_down_is_no_reason_for_sync_to_stop(project):
    project.monkeypatch.setenv("BIBTOOLS_ARXIV_URL", "http://127.0.0.1:9/api/query")
    project.write("bibtools.toml", project.read("bibtools.toml") + "[arxiv]\npatience = 0.5\ntimeout = 1\n")
    ran = project("sync", "--strict")
    assert "[entry-unknown]" in ran.err
    assert ran.summary == "refs.bib is current"
    project("lock", code=4)


@pytest.mark.parametrize(
    "fields",
    [
        "journal = {arXiv preprint arXiv:2309.02390}",
        "url = {https://arxiv.org/abs/2309.02390v1}",
        "doi = {10.48550/arXiv.2309.02390}",
        "journal = {CoRR}, volume = {abs/2309.02390}",
    ],
)
def test_however_the_id_is_written(project, fields):
    title = "Explaining {Grokking} Through Circuit Efficiency"
    project.write("refs.bib", f"@article{{grok, title = {{{title}}},\n {fields}}}\n")
    project("lock")
    assert rows(project)["grok"]["id"] == f"arxiv:{GROKKING}"
    assert project("sync", code=0).summary == "refs.bib is current"


def test_an_upgrade_reaches_an_entry_that_is_followed(project):
    from bibtools import lock

    project("lock")
    project("sync")
    held = json.loads(project.read("bibtools.lock"))
    assert f"arxiv:{GROKKING}" in held["records"]
    assert "0 unresolved" in project("lock", "--upgrade").summary
    assert lock.parse(project.read("bibtools.lock"), file="").records[f"arxiv:{GROKKING}"].key == "pasted"


DOIS = """@article{abbott, title = {Observation of Gravitational Waves}, doi = {10.1103/PhysRevLett.116.061102}}
@article{knuth, title = {Literate Programming}, doi = {10.1093/comjnl/27.2.97}, year = 1984}
"""


def test_a_doi_that_arxiv_does_not_know_is_asked_for_once(project, standin):
    project.write("refs.bib", project.read("refs.bib") + DOIS)
    assert "3 entries have an id" in project("sync", "--offline").err
    project("lock")
    searches = [seen.params["search_query"] for seen in standin.requests if "search_query" in seen.params]
    assert len(searches) <= 2
    assert all("ti:" not in search and "abs:" not in search for search in searches)
    project.forget()
    sent, before = len(standin.requests), project.files()
    assert "[entry-unknown]" not in project("sync", "--offline").err
    assert "[entry-unknown]" not in project("sync").err
    assert "no-such-id" not in project("lock").err
    assert len(standin.requests) == sent
    assert {**project.files(), "refs.bib": 0, "bibtools.lock": 0} == {**before, "refs.bib": 0, "bibtools.lock": 0}
    assert rows(project)["knuth"]["id"] == "entry:knuth"
    project("lock", "--upgrade")
    assert len(standin.requests) > sent


def test_what_arxiv_was_asked_stays_known_whatever_else_is_done(project, standin):
    project.write("refs.bib", project.read("refs.bib") + DOIS)
    project("lock")
    project("sync")
    project("add", GEMMA)
    sent = len(standin.requests)
    project("cache", "clear")
    assert "[entry-unknown]" not in project("sync").err
    assert len(standin.requests) == sent


def test_an_id_that_arxiv_does_not_know_is_told_and_never_exits_1(project):
    paste(project, "@misc{slip, title = {A Slip}, eprint = {2307.99999}, archiveprefix = {arXiv}}")
    ran = project("lock", "--strict")
    assert "[no-such-id]" in ran.err
    assert "refs.bib:" in ran.err
    assert "[no-such-id]" in project("status", "--strict").err
    assert "[no-such-id]" not in project("sync", "--strict").err
    assert rows(project)["slip"]["id"] == "entry:slip"
    project("ignore", rows(project)["slip"]["sources"][0])
    assert "[no-such-id]" not in project("lock").err
    assert "[no-such-id]" not in project("status").err


def test_an_entry_whose_text_is_another_papers_is_not_followed(project):
    title = "Gemma 2: Improving Open Language Models at a Practical Size"
    project.write("refs.bib", f"@misc{{wrong, title = {{{title}}}, eprint = {{{GROKKING}}}}}\n")
    assert "[contradicted]" in project("lock", "--strict").err
    assert rows(project)["wrong"]["id"] == "entry:wrong"
    assert f"arxiv:{GROKKING}" not in json.loads(project.read("bibtools.lock"))["records"]
    project("pin", "refs.bib:1", GROKKING)
    project("sync")
    assert rows(project)["wrong"]["id"] == f"arxiv:{GROKKING}"
    assert "[contradicted]" not in project("lock", "--strict").err
    assert rows(project)["wrong"]["id"] == f"arxiv:{GROKKING}"


def test_what_bibtools_wrote_itself_is_not_followed(project):
    project("lock")
    project("sync")
    project.write("notes.txt", "nothing\n")
    assert "mcgrath2023hydra" in project("sync").err
    assert project("sync", "--prune").summary == "refs.bib: 1 removed"
    assert "pasted" in project.read("refs.bib")
    assert "knuth84" in project.read("refs.bib")
    assert "mcgrath" not in project.read("refs.bib")
    assert rows(project)["pasted"]["id"] == f"arxiv:{GROKKING}"


def test_an_entry_that_only_its_user_wanted_is_gone_when_deleted(project):
    project("lock")
    project("sync")
    project.write("refs.bib", project.read("refs.bib").replace(MINE, ""))
    ran = project("sync", "--strict")
    assert "missing" not in ran.err
    assert project("status", "--strict").code == 0
    assert sorted(rows(project)) == ["mcgrath2023hydra"]
    project("lock", "--strict")
    project.write("refs.bib", MINE + project.read("refs.bib"))
    assert project("sync", "--offline").summary == "refs.bib is current"
    assert rows(project)["pasted"]["id"] == f"arxiv:{GROKKING}"


def test_one_that_a_source_mentions_too_stays_missing(project):
    project.write("notes.txt", f"arXiv:{HYDRA}\n\narXiv:{GROKKING}\n")
    project("lock")
    project("sync")
    project.write("refs.bib", project.read("refs.bib").replace(MINE, ""))
    assert 'entry "pasted" was here before and is gone' in project("sync").err


def test_a_followed_paper_is_never_written_into_a_file(project):
    """Where a record turns out not to be the entry's after all, nothing is added."""
    project.write(
        "bibtools.toml", 'sources = ["notes.txt"]\n[[target]]\npath = "refs.bib"\n[[target]]\npath = "two.bib"\n'
    )
    project("lock")
    project("sync")
    assert "grok" not in project.read("two.bib")
    assert project.read("refs.bib").count(GROKKING) == 1


def test_what_is_followed_in_one_file_is_not_orphaned_in_another(project):
    two = 'sources = ["notes.txt"]\n[[target]]\npath = "refs.bib"\n[[target]]\npath = "two.bib"\n'
    project.write("bibtools.toml", two)
    project.write("notes.txt", f"arXiv:{HYDRA}\n\narXiv:{GROKKING}\n")
    project("lock")
    project("sync")
    assert GROKKING in project.read("two.bib")
    project.write("notes.txt", f"arXiv:{HYDRA}\n")
    for options in ([], ["--prune"]):
        ran = project("sync", *options)
        assert "orphaned" not in ran.err
        assert ran.summary == "refs.bib is current; two.bib is current"


def test_entries_of_every_bib_target_are_followed(project):
    project.write(
        "bibtools.toml", 'sources = ["notes.txt"]\n[[target]]\npath = "refs.bib"\n[[target]]\npath = "two.bib"\n'
    )
    project.write("two.bib", "@misc{g, eprint = {2408.00118}}\n")
    assert "two.bib: warning: 1 entry has an id that the lock does not know" in project("sync", "--offline").err
    project("lock")
    project("sync")
    assert rows(project)["g"]["id"] == f"arxiv:{GEMMA}"
    assert "2408.00118" not in project.read("refs.bib")
    assert project.read("two.bib").count("2408.00118") == 1


# --- the user's own works ---------------------------------------------------------------------------------

BOOKS = """@string{oup = {Oxford University Press}}
@preamble{"\\newcommand{\\x}{}"}
@xdata{press, publisher = oup, location = {Oxford}}
@IEEEtranBSTCTL{bst, CTLuse_article_number = "yes"}

@inproceedings{child, author = {Ada Byron}, title = {Notes}, pages = {1--9}, crossref = {parent}}

@proceedings{aparent, title = {Another Meeting}, year = 1999}
@proceedings{parent, title = {A Meeting}, booktitle = {A Meeting}, year = 2001, publisher = oup}

@book{tome, author = {Karl Marx}, title = {Das {Kapital}}, date = {1867}, xdata = {press}, mynote = {mine}}
"""


@pytest.fixture
def shelf(project):
    """A project whose refs.bib holds works without an id too."""
    project.write("refs.bib", BOOKS + project.read("refs.bib"))
    project("lock")
    project("sync")
    return project


OWN = ["aparent", "child", "knuth84", "parent", "tome"]


def test_status_and_keys_list_them_with_the_flag(shelf):
    found = rows(shelf)
    assert sorted(found) == sorted([*OWN, "mcgrath2023hydra", "pasted"])
    assert found["tome"] == {
        "id": "entry:tome",
        "key": "tome",
        "title": "Das Kapital",
        "authors": ["Karl Marx"],
        "year": 1867,
        "sources": ["refs.bib:11"],
        "flags": ["user"],
        "aliases": [],
    }
    assert found["pasted"]["flags"] == ["user"]
    assert found["pasted"]["sources"] == ["refs.bib:14"]
    assert found["mcgrath2023hydra"]["flags"] == []
    assert [key for key, row in found.items() if row["id"].startswith("entry:")] == sorted(OWN)
    shown = shelf("status")
    assert "entry:tome" in shown.out
    assert "refs.bib:11 [user]" in shown.out
    assert shown.summary == "1 mention, 7 records, 0 unresolved"
    keys = shelf("keys", "--json").document["keys"]
    assert {"id": "entry:tome", "key": "tome", "aliases": []} in keys
    assert [row["key"] for row in keys] == sorted(row["key"] for row in keys)
    assert "entry:tome  tome\n" in shelf("keys").out


def test_a_record_whose_entry_the_user_wrote_is_flagged_though_mentioned(project):
    project.write("notes.txt", f"arXiv:{HYDRA}\n\narXiv:{GROKKING}\n")
    project("lock")
    project("sync")
    assert rows(project)["pasted"]["flags"] == ["user"]
    assert rows(project)["pasted"]["sources"] == ["notes.txt:3"]


@pytest.mark.parametrize(
    "format", ["csl-json", "csl-yaml", "ris", "hayagriva", "html", "markdown", "text", "jsonl"]
)
def test_every_format_holds_them(shelf, format):
    text = shelf("export", "--format", format).out
    for title in ("Kapital", "Notes", "A Meeting", "TeXbook", "Hydra"):
        assert title in text
    assert "CTLuse" not in text
    assert text == shelf("export", "--format", format).out


def test_in_a_bib_they_are_as_written(shelf):
    ran = shelf("export", "--format", "biblatex")
    assert ran.summary == "7 records as biblatex"
    keys = [line.partition("{")[2].rstrip(",") for line in ran.out.splitlines() if line.startswith("@")]
    assert keys == ["aparent", "child", "knuth84", "mcgrath2023hydra", "pasted", "tome", "parent"]
    assert "crossref" in ran.out
    assert ran.out.count("{Oxford University Press}") == 2
    assert "location  = {Oxford}" in ran.out
    assert "mynote" in ran.out
    assert "oup" not in ran.out


def test_what_an_entry_inherits_is_in_the_other_formats(shelf):
    child = next(row for row in json.loads(shelf("export", "-f", "csl-json").out) if row["id"] == "child")
    assert child["container-title"] == "A Meeting"
    assert child["issued"]["date-parts"] == [[2001]]


def test_words_without_a_project_of_their_own_are_as_they_were(shelf):
    assert "knuth84" not in shelf("export", HYDRA).out
    assert "knuth84" in shelf("export").out


def test_why_knows_them(shelf):
    document = shelf("why", "tome", "--json").document
    assert (document["key"], document["id"], document["evidence"]) == ("tome", "entry:tome", None)
    assert {field["origin"] for field in document["fields"]} == {"user"}
    assert {
        "name": "publisher",
        "value": "Oxford University Press",
        "origin": "user",
        "since": None,
        "others": [],
    } in document["fields"]
    assert document["explanations"] == [{"source": "refs.bib", "line": 11, "text": "an entry of your own"}]
    assert "refs.bib:11: an entry of your own" in shelf("why", "entry:tome").out
    followed = shelf("why", "pasted", "--json").document
    assert followed["id"] == f"arxiv:{GROKKING}"
    assert followed["evidence"]["method"] == "identifier"
    assert (followed["explanations"][0]["source"], followed["explanations"][0]["line"]) == ("refs.bib", 14)
    assert "[no-such-key]" in shelf("why", "press", code=2).err
    assert "[no-such-key]" in shelf("why", "bst", code=2).err


def test_cite_without_keys_is_the_whole_library(shelf):
    text = shelf("cite").out
    assert "Kapital" in text
    assert "Notes" in text
    assert "hydra" in text
    assert "Kapital" in shelf("cite", "tome").out
    assert "hydra" not in shelf("cite", "tome").out


def test_generated_targets_hold_them_and_follow_the_file(shelf):
    shelf.write(
        "bibtools.toml",
        shelf.read("bibtools.toml") + '[[target]]\npath = "refs.bib"\n[[target]]\npath = "refs.json"\n',
    )
    shelf("sync")
    assert {row["id"] for row in json.loads(shelf.read("refs.json"))} == {*OWN, "mcgrath2023hydra", "pasted"}
    paste(shelf, "@book{new, title = {New}, author = {Nell New}, year = 2020}")
    assert shelf("sync", "--check", "--offline", code=1)
    shelf("sync", "--offline")
    assert "new" in {row["id"] for row in json.loads(shelf.read("refs.json"))}
    assert shelf("sync", "--check", "--offline", "--strict").code == 0


def test_prune_and_strict_never_mind_them(shelf):
    text = shelf.read("refs.bib")
    assert shelf("sync", "--prune", "--strict").summary == "refs.bib is current"
    shelf("status", "--strict")
    shelf("export", "--strict")
    shelf("lock", "--strict")
    assert shelf.read("refs.bib") == text


def test_a_key_that_stands_twice_loses_no_work(shelf):
    paste(shelf, "@book{tome, title = {Second Volume}, author = {Karl Marx}, year = 1885}")
    paste(shelf, "@book{Tome, title = {Third Volume}, author = {Karl Marx}, year = 1894}")
    titles = [row["title"] for row in shelf("status", "--json").document["records"]]
    assert {"Das Kapital", "Second Volume", "Third Volume"} <= set(titles)


@pytest.mark.parametrize("first", [True, False])
def test_one_key_for_a_paper_and_a_book_is_two_works(project, first):
    book = "@book{x, title = {A Book}, author = {Ann Own}, year = 2000}\n"
    paper = "@misc{x, title = {Explaining Grokking Through Circuit Efficiency}, eprint = {2309.02390}}\n"
    project.write("refs.bib", book + paper if first else paper + book)
    project("lock")
    project("sync")
    found = {row["id"]: row["title"] for row in project("status", "--json", code=None).document["records"]}
    assert found["entry:x"] == "A Book"
    assert found[f"arxiv:{GROKKING}"].startswith("Explaining grokking")


def test_an_entry_without_a_key_is_a_work_all_the_same(project):
    title = "Explaining Grokking Through Circuit Efficiency"
    project.write(
        "refs.bib", f"@misc{{, title = {{{title}}}, eprint = {{2309.02390}}}}\n@book{{, title = {{A Book}}}}\n"
    )
    project("lock")
    for _ in range(2):
        project("sync")
        keys = {row["id"]: row["key"] for row in project("keys", "--json").document["keys"]}
        assert keys[f"arxiv:{GROKKING}"] == "varma2023explaining"
        assert keys["entry:book"] == "book"
    assert "@misc{varma2023explaining," in project("export").out
    assert "@book{book," in project("export").out


def test_another_target_is_named(shelf):
    shelf.write(
        "bibtools.toml",
        'sources = ["notes.txt"]\n[[target]]\npath = "refs.bib"\n'
        '[[target]]\npath = "talk/two.bib"\nformat = "biblatex"\n',
    )
    shelf.write("talk/two.bib", "@book{other, title = {Another Book}, author = {Olga Other}, year = 2000}\n")
    shelf("sync")
    text = shelf("export", "--target", "talk/two.bib").out
    assert "Another Book" in text
    assert "@online{mcgrath" in text
    assert "Kapital" not in text
    assert "Another Book" not in shelf("export").out
    assert "Another Book" in shelf("cite", "--target", "talk/two.bib").out
    assert shelf("why", "other", "--target", "talk/two.bib", "--json").document["id"] == "entry:other"
    assert "entry:other  other\n" in shelf("keys", "--target", "talk/two.bib").out
    assert "entry:other" in shelf("status", "--target", "talk/two.bib").out
    assert "[no-such-target]" in shelf("export", "--target", "three.bib", code=2).err


# --- what documents cite ----------------------------------------------------------------------------------


@pytest.fixture
def citing(shelf):
    """A paper that cites some of it, and a page of what it cites."""
    shelf.write(
        "bibtools.toml",
        'sources = ["notes.txt"]\n[[target]]\npath = "refs.bib"\n'
        '[[target]]\npath = "cited.json"\nonly-cited = ["paper/*.tex", "notes.md"]\n',
    )
    shelf.write("paper/main.tex", "\\setcitestyle{numbers}\n\\cite{TOME, pasted}\n% \\cite{knuth84}\n")
    return shelf


def cited_ids(project):
    return [row["id"] for row in json.loads(project.read("cited.json"))]


def test_only_cited_filters_the_users_own_works_too(citing):
    assert "cited-missing" in citing("sync", "--offline").err  # no notes.md yet
    assert cited_ids(citing) == ["pasted", "tome"]
    citing.write("notes.md", "See [@child].\n")
    citing("sync", "--offline")
    assert cited_ids(citing) == ["child", "pasted", "tome"]
    citing.write("notes.md", "See \\nocite{*}.\n")
    citing("sync", "--offline")
    assert len(cited_ids(citing)) == 7


def test_a_cited_key_that_exists_nowhere_is_told_where_it_stands(citing):
    citing.write("notes.md", "# Notes\n\nSee [@tomee; @mcgrath2023hydra] and [@nobody1999nothing].\n")
    ran = citing("sync", "--offline", "--strict")
    assert (
        'notes.md:3:1: warning: "tomee" is cited and exists nowhere [cited-unknown]\n  hint: did you mean tome?'
        in ran.err
    )
    assert '"nobody1999nothing" is cited' in ran.err
    assert ran.err.count("[cited-unknown]") == 2
    assert "[cited-unknown]" in citing("status").err
    told = [p for p in citing("status", "--json").document["problems"] if p["code"] == "cited-unknown"]
    assert [(p["file"], p["line"], p["key"]) for p in told] == [
        ("notes.md", 3, "nobody1999nothing"),
        ("notes.md", 3, "tomee"),
    ]


def test_many_are_one_line(citing):
    citing.write("paper/main.tex", "\n\n" + "".join(f"\\cite{{none{n}}}\n" for n in range(40)))
    ran = citing("sync", "--offline")
    assert ran.err.count("[cited-unknown]") == 1
    assert "paper/main.tex:3:1: warning: 40 cited keys exist nowhere: none0, none1, " in ran.err


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("paper/main.tex", "\\cite{PASTED} \\citep[see][]{knuth84}"),
        (
            "paper/main.tex",
            "\\newcommand{\\mine}[1]{\\cite{#1}} \\setcitestyle{square} \\citestyle{acmauthoryear}",
        ),
        ("paper/main.tex", "\\begin{verbatim}\n\\cite{shown}\n\\end{verbatim}"),
        (
            "paper/main.tex",
            "\\cite{item} \\begin{thebibliography}{9}\\bibitem[I]{item} Text\\end{thebibliography}",
        ),
        ("paper/main.tex", "\\addbibresource{more.bib}\\cite{elsewhere, second-name}"),
        ("notes.md", "```python\n@pytest.fixture\ndef x(): ...\n```\nand `@decorated`"),
        ("notes.md", "See @fig:one, @eq-two, {#label} @label, and me@example.org"),
    ],
)
def test_what_exists_or_is_no_citation_is_not_told(citing, name, text):
    citing.write("paper/more.bib", "@book{elsewhere, title = {E}, ids = {second-name, third}}\n")
    citing.write("notes.md", "nothing\n")
    citing.write("paper/main.tex", "nothing\n")
    citing.write(name, text)
    assert "[cited-unknown]" not in citing("sync", "--offline").err


def test_a_key_that_comes_to_exist_elsewhere_is_told_no_more(citing):
    citing.write("notes.md", "nothing\n")
    citing.write("paper/main.tex", "\\addbibresource{more.bib}\\cite{elsewhere}")
    for _ in range(2):
        assert "[cited-unknown]" in citing("sync", "--offline").err
    citing.write("paper/more.bib", "@book{elsewhere, title = {E}}\n")
    for _ in range(2):
        assert "[cited-unknown]" not in citing("sync", "--offline").err


def test_a_bib_that_holds_only_what_is_cited_keeps_the_users_entries(shelf):
    text = shelf.read("refs.bib")
    shelf.write(
        "bibtools.toml", 'sources = ["notes.txt"]\n[[target]]\npath = "refs.bib"\nonly-cited = ["main.tex"]\n'
    )
    shelf.write("main.tex", "\\cite{mcgrath2023hydra}")
    ran = shelf("sync", "--prune", "--strict")
    assert ran.summary == "refs.bib is current"
    assert "orphaned" not in ran.err
    assert shelf.read("refs.bib") == text
