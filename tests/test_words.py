"""What the command line says, beside the data: progress, quiet runs, errors as JSON, help, completion."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys

import pytest

from bibtools.cli import completing
from bibtools.cli.app import app
from bibtools.cli.progress import ProgressLine
from bibtools.client import Progress
from bibtools.formats import FORMATS, READABLE
from bibtools.plugins.styles import style_names

HYDRA, GROKKING = "2307.15771", "2309.02390"
COMMANDS = sorted(info.name for info in app.registered_commands)


@pytest.fixture
def project(bibtools, standin):
    bibtools.serve(standin)
    bibtools.write("bibtools.toml", 'sources = ["notes.txt"]\n')
    bibtools.write("notes.txt", f"https://arxiv.org/abs/{HYDRA}\n\narXiv:{GROKKING}\n")
    return bibtools


# -- progress ----------------------------------------------------------------------------------------------


class Terminal(io.StringIO):
    """Standard error as a terminal; `rows` is what stands on it, for one that many columns wide."""

    def isatty(self):
        return True

    def fileno(self):
        raise OSError("no descriptor")

    def rows(self, columns=80):
        rows, at = [""], 0
        for sign in self.getvalue():
            if sign == "\n":
                rows.append("")
                at = 0
            elif sign == "\r":
                at = 0
            else:
                if at == columns:
                    rows.append("")
                    at = 0
                rows[-1] = rows[-1][:at].ljust(at) + sign + rows[-1][at + 1 :]
                at += 1
        return [row.rstrip() for row in rows]


@pytest.fixture
def attached(monkeypatch):
    """Puts the terminal in the place of standard error; pytest has its own there until the test begins."""

    def attach():
        screen = Terminal()
        monkeypatch.setattr(sys, "stderr", screen)
        return screen

    return attach


def test_a_progress_line_is_gone_when_the_run_ends(project, attached):
    terminal = attached()
    project("lock")
    assert "\r" in terminal.getvalue()
    assert terminal.rows() == [
        "2 mentions, 2 records, 2 new; 0 unresolved; 1 request sent".replace("1", "1"),
        "",
    ] or (terminal.rows()[-2].startswith("2 mentions, 2 records, 2 new"))
    assert not [row for row in terminal.rows() if "asking" in row.lower()]


@pytest.mark.parametrize("message", ["short", "x" * 79, "x" * 80, "x" * 81, "y" * 400, "a\x1b[31mb"])
def test_a_progress_line_of_any_length_can_be_wiped(attached, message):
    terminal = attached()
    line = ProgressLine(quiet=False)
    line(Progress(kind="asking", message=message))
    assert len(terminal.rows()) == 1
    assert "\x1b" not in terminal.getvalue()
    line(Progress(kind="asking", message="next"))
    assert terminal.rows() == ["next"]
    line.clear()
    assert terminal.rows() == [""]


def test_words_that_come_meanwhile_stand_on_lines_of_their_own(project, attached):
    terminal = attached()
    from bibtools.cli.session import Session

    session = Session(line=ProgressLine(quiet=False))
    session.line(Progress(kind="asking", message="asking arXiv"))
    session.say("a remark")
    session.line(Progress(kind="asking", message="asking arXiv again"))
    project.monkeypatch.setattr(sys, "stdin", io.StringIO("2\n"))
    assert session.ask("which? ") == "2"
    terminal.write("2\n")  # what a terminal shows of the answer
    assert session.ask("which now? ") == ""
    session.line(Progress(kind="asking", message="asking once more"))
    session.finish(0, "done")
    assert terminal.rows() == ["a remark", "which? 2", "which now?", "done", ""]


def test_a_progress_line_is_gone_when_the_service_fails(project, attached):
    terminal = attached()
    project.monkeypatch.setenv("BIBTOOLS_ARXIV_URL", "http://127.0.0.1:9/api/query")
    project.write("bibtools.toml", project.read("bibtools.toml") + "[arxiv]\npatience = 0.3\ntimeout = 1\n")
    project("lock", code=4)
    assert "\r" in terminal.getvalue()
    rows = terminal.rows()
    assert re.match(r"error: .*|.*: error: ", rows[0])
    assert rows[-2].startswith("stopped: ")


@pytest.mark.parametrize("option", ["-q", "--json"])
def test_no_progress_in_quiet_and_json_runs(project, attached, option):
    terminal = attached()
    project("lock", option)
    assert "\r" not in terminal.getvalue()


def test_no_progress_where_stderr_is_no_terminal(project):
    assert "\r" not in project("lock").err


# -- quiet -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [
        "lock", "lock --check", "sync", "sync --check", "status", "keys", "extract", "export", "cite",
        "add 2307.15771", "ignore 1", "lock --dry-run", "lock --upgrade", "cache info", "init",
        "why mcgrath2023hydra",
    ],
)  # fmt: skip
def test_a_quiet_run_without_problems_says_nothing(project, words):
    project("lock")
    project("sync")
    if words == "ignore 1":
        project.write("notes.txt", project.read("notes.txt") + "\narXiv:2912.99999\n")
    assert project(*words.split(), "-q").err == ""
    assert project(*words.split(), "-v", code=None).err != ""


def test_a_quiet_init_writes_the_settings_and_says_nothing(bibtools):
    ran = bibtools("init", "-q")
    assert (ran.out, ran.err) == ("", "")
    assert "output" in bibtools.read("bibtools.toml")


@pytest.mark.parametrize(
    "words", ["nonsense -q", "status -q --nonsense", "pin -q 1", "sync --quiet --nonsense", "lock -q"]
)
def test_a_quiet_run_that_fails_says_why_and_no_more(bibtools, words):
    ran = bibtools(*words.split(), code=2)
    assert re.fullmatch(r"error: [^\n]*\n  hint: [^\n]*\n", ran.err)


# -- errors as JSON ----------------------------------------------------------------------------------------


WRONG = [
    "exprot --json", "--json", "--json status", "status --json --nonsense", "status --nonsense --json",
    "add --json", "pin 1 --json", "why --json", "lock --json notes.txt", "convert --json", "rename --json a b",
    "merge-driver a b c --json --marker-size x", "export --json --max-authors -1", "cache --json nonsense",
    "export --json --format bibtx", "sync --json --prefer nobody", "status --json --project nowhere",
    "cite --json --style nonsense", "lock --json --check --upgrade", "export --json nonsense",
]  # fmt: skip


@pytest.mark.parametrize("words", WRONG)
def test_wrong_words_are_one_json_document(project, words):
    ran = project(*words.split(), code=2)
    document = ran.document
    assert document["version"] == 1
    problem = document["problems"][-1]
    assert problem["severity"] == "error"
    assert {"code", "message", "hint", "file", "line", "column", "key"} <= set(problem)
    assert f"[{problem['code']}]" in ran.err


@pytest.mark.parametrize("settings", ["sorces = []\n", "sources = 3\n", "sources = [\n", 'format = "bib"\n'])
def test_wrong_settings_are_one_json_document(project, settings):
    project.write("bibtools.toml", settings)
    for command in ("status", "lock", "sync", "export", "add", "keys", "extract"):
        words = [command, "x"] if command == "add" else [command]
        document = project(*words, "--json", code=2).document
        assert document["problems"][0]["file"].endswith("bibtools.toml")


def test_a_wrong_environment_is_one_json_document(project):
    project.monkeypatch.setenv("BIBTOOLS_OFFLINE", "perhaps")
    assert project("status", "--json", code=2).document["problems"]


@pytest.mark.parametrize("name", COMMANDS)
def test_a_run_that_stops_has_all_its_members(project, name):
    stopped = set(project(name, "--json", "--nonsense", code=2).document)
    project("lock")
    project("sync")
    project.write("base.bib", "@misc{a}\n")
    words = {
        "add": [HYDRA], "pin": ["1", HYDRA], "ignore": ["1"], "why": ["mcgrath2023hydra"],
        "convert": ["refs.bib", "--to", "ris"], "merge-driver": ["base.bib", "base.bib", "base.bib"],
    }.get(name, [])  # fmt: skip
    if name in ("pin", "ignore"):
        project.write("notes.txt", project.read("notes.txt") + "\narXiv:2912.99999\n")
    whole = set(project(name, "--json", *words, code=None).document)
    assert stopped >= whole - {"answers", "size", "oldest", "newest"}


def test_json_behind_two_dashes_is_no_option(bibtools):
    assert bibtools("export", "--", "--json", code=2).out == ""


def test_a_bug_is_one_json_document(project, monkeypatch):
    from bibtools.workflow import gather

    def broken(_):
        raise ZeroDivisionError("oh")

    monkeypatch.setattr(gather, "from_project", broken)
    ran = project("status", "--json", code=70)
    assert [p["code"] for p in ran.document["problems"]] == ["bug"]
    assert ran.document["mentions"] == []


def test_an_interrupted_run_is_one_json_document(project, monkeypatch):
    from bibtools.workflow import gather

    def stopped(_):
        raise KeyboardInterrupt

    monkeypatch.setattr(gather, "from_project", stopped)
    ran = project("lock", "--json", code=130)
    assert [p["code"] for p in ran.document["problems"]] == ["interrupted"]


# -- help --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("columns", ["50", "60", "80", "100", "200"])
def test_help_cuts_no_sentence(bibtools, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", columns)
    helped = bibtools("--help").out
    assert "..." not in helped.partition("Every day:")[2]
    assert "…" not in helped
    assert max(map(len, helped.splitlines())) <= min(int(columns), 120)
    said = " ".join(helped.split())
    assert "Add papers: note them down, resolve them, update the .bib, print the citation keys." in said


def test_help_uses_the_width_there_is(bibtools, monkeypatch):
    widths = {}
    for columns in ("60", "80", "110"):
        monkeypatch.setenv("COLUMNS", columns)
        widths[columns] = max(len(line) for line in bibtools("sync", "--help").out.splitlines())
    assert widths["60"] <= 60 < widths["80"] <= 80 < widths["110"] <= 110


# -- completion --------------------------------------------------------------------------------------------


def complete(bibtools, words, environment=None):
    """What bash is offered for the last of the words."""
    line = f"bibtools {words}"
    given = {
        **os.environ,
        "_BIBTOOLS_COMPLETE": "complete_bash",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(line.split(" ")) - 1),
        **(environment or {}),
    }
    ran = subprocess.run(
        [sys.executable, "-m", "bibtools"],
        cwd=bibtools.folder,
        env=given,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in ran.stderr
    return ran.stdout.split()


KEYS = {"mcgrath2023hydra", "varma2023explaining", "knuth84"}


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("export --format ", set(FORMATS)),
        ("export -f bib", {"bibtex", "biblatex"}),
        ("export --profile ", {"classic", "modern", "scholar"}),
        ("convert x --from ", set(READABLE)),
        ("convert x --to c", {"csl-json", "csl-yaml"}),
        ("cite --style ", set(style_names())),
        ("cite --to ", {"text", "html", "markdown", "latex"}),
        ("cite ", KEYS),
        ("why k", {"knuth84"}),
        ("pin 1 mc", {"mcgrath2023hydra"}),
        ("lock --upgrade v", {"varma2023explaining"}),
        ("sync ", {"refs.bib", "refs.json"}),
        ("sync --restore m", {"mcgrath2023hydra"}),
        ("sync --prefer ", {"ours", "theirs"}),
        ("sync --prefer theirs=k", {"theirs=knuth84"}),
        ("cache ", {"info", "clear"}),
    ],
)
def test_the_shell_is_offered(project, words, offered):
    project.write(
        "bibtools.toml", 'sources = ["notes.txt"]\n[[target]]\npath = "refs.bib"\n[[target]]\npath = "refs.json"\n'
    )
    project.write("refs.bib", "@book{knuth84, title = {The TeXbook}}\n")
    project("sync")
    offline = {"BIBTOOLS_ARXIV_URL": "http://127.0.0.1:9/"}
    assert set(complete(project, words, offline)) == offered


@pytest.mark.parametrize("settings", [None, "wrong = 1\n", "[", 'lock = "nowhere/bibtools.lock"\n'])
@pytest.mark.parametrize("words", ["cite ", "why ", "sync ", "sync --prefer ours=", "lock --upgrade ", "pin 1 "])
def test_completion_outside_a_project_offers_less(bibtools, settings, words):
    if settings is not None:
        bibtools.write("bibtools.toml", settings)
        bibtools.write("bibtools.lock", "{broken")
        bibtools.write("refs.bib", b"\xff\xfe@misc{a}")
    assert set(complete(bibtools, words)) <= {"refs.bib"}


def test_completion_looks_into_the_project_that_is_named(project, tmp_path):
    project("sync")
    bed = type("Elsewhere", (), {"folder": tmp_path})
    assert complete(bed, f"cite --project {project.folder} mc") == ["mcgrath2023hydra"]


def test_completing_a_key_reads_lock_and_file(project):
    project("lock")
    project.monkeypatch.chdir(project.folder)
    assert completing.key("") == ["mcgrath2023hydra", "varma2023explaining"]
    project.write("refs.bib", "@misc{own, title={x}}\n")
    assert completing.key("o") == ["own"]
    assert json.loads(project.read("bibtools.lock"))["version"] == 1
