"""A sync with nothing to do, told by one look at the files: quick, and never wrong."""

from __future__ import annotations

import inspect
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bibtools import cli
from bibtools.cache import default_folder
from bibtools.cli import fast
from bibtools.cli.commands import sync
from bibtools.workflow import project as projects
from bibtools.workflow import stamp, unchanged
from tests.running import REPOSITORY

SETTINGS = """sources = ["notes.txt", "reading/", "more/*.md", "deep/**/*.md", "absent.txt"]
exclude = ["reading/not/*"]
"""
HYDRA, GROKKING = "2307.15771", "2309.02390"


@pytest.fixture
def project(bibtools, standin):
    """A current project with a warning and an unresolved mention, its stamp kept."""
    bibtools.serve(standin)
    bibtools.write("bibtools.toml", SETTINGS)
    bibtools.write("notes.txt", f"arXiv:{HYDRA}\n\narXiv:2912.99999\n")
    bibtools.write("reading/one/b.md", f"- https://arxiv.org/abs/{GROKKING}\n")
    bibtools.write("reading/not/x.txt", "nothing\n")
    bibtools.write("more/c.md", "nothing\n")
    bibtools.write("deep/d.md", "nothing\n")
    bibtools.write(".hidden/e.txt", "nothing\n")
    bibtools("lock", "--allow-unresolved")
    bibtools("sync")
    bibtools("sync")
    return bibtools


@pytest.fixture
def answered(monkeypatch):
    """Whether the run that follows does without the whole program."""
    runs = []
    whole = cli._run
    monkeypatch.setattr(cli, "_run", lambda given: runs.append(given) or whole(given))

    def ask(bibtools, *arguments, code=None):
        runs.clear()
        bibtools("sync", *arguments, code=code)
        return not runs

    return ask


@pytest.mark.parametrize(
    "flags",
    [[], ["--check"], ["--offline"], ["--strict"], ["-q"], ["--check", "--offline", "--strict", "--quiet"]],
    ids=" ".join,
)
def test_it_says_what_the_whole_run_says(project, answered, monkeypatch, flags):
    quick = project("sync", *flags, code=None)
    assert "absent.txt" in quick.err
    assert ("1 mention unresolved (bibtools status)" in quick.err) is {"-q", "--quiet"}.isdisjoint(flags)
    assert quick.code == (1 if "--strict" in flags else 0)
    assert answered(project, *flags)
    monkeypatch.setattr(fast, "run", lambda *_: None)
    assert project("sync", *flags, code=None) == quick


def test_nothing_unresolved_passes_with_strict(project, answered):
    project.write("notes.txt", f"arXiv:{HYDRA}\n")
    project("sync")
    project("sync", "--strict")
    assert answered(project, "--strict", code=0)


def test_whether_a_missing_entry_is_cited_is_seen_each_time(project, answered):
    project.write("notes.txt", f"arXiv:{HYDRA}\n")
    project("sync")
    project.write("refs.bib", "% gone\n")
    for _ in range(2):
        project("sync", "--strict")
    project.write("paper.tex", r"\cite{mcgrath2023hydra}")
    assert not answered(project, "--strict", code=1)
    (project.folder / "paper.tex").unlink()
    assert not answered(project, "--strict", code=0)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--json"],
        ["--diff"],
        ["-v"],
        ["refs.bib"],
        ["--prune"],
        ["--restore"],
        ["--rerender"],
        ["--help"],
        ["--check=1"],
        ["--project"],
        ["--project", "--check"],
    ],
    ids=" ".join,
)
def test_anything_else_is_left_to_the_whole_program(project, answered, arguments):
    assert not answered(project, *arguments)


@pytest.mark.parametrize("option", ["--json", "--diff", "-v", "refs.bib", "--prune", "--restore", "--rerender"])
def test_a_run_with_more_in_mind_keeps_no_stamp(project, option):
    project("cache", "clear")
    project("sync", option)
    assert not Path(stamp.file_of(str(project.folder), os.environ)).exists()
    project("sync")
    assert Path(stamp.file_of(str(project.folder), os.environ)).exists()


@pytest.mark.parametrize("command", [[], ["status"], ["--project", ".", "sync"]], ids=" ".join)
def test_other_commands_are_not_understood(project, command):
    assert fast.run(command, os.environ) is None


def test_completion_is_left_to_the_whole_program(project):
    assert fast.run(["sync", "-q"], {**os.environ}) == 0
    assert fast.run(["sync", "-q"], {**os.environ, "_BIBTOOLS_COMPLETE": "complete_bash"}) is None


def rewrite(name, text):
    """Other bytes of the same length, with the time stamps the file had: what a quick look would not see."""

    def change(project):
        path = project.folder / name
        before = path.stat()
        data = text.encode() if isinstance(text, str) else text(path.read_bytes())
        assert len(data) == before.st_size
        path.write_bytes(data)
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))

    return change


def write(name, text="x\n"):
    return lambda project: project.write(name, text)


def remove(name):
    return lambda project: (project.folder / name).unlink()


def link(name, to):
    def change(project):
        (project.folder / name).unlink(missing_ok=True)
        (project.folder / name).symlink_to(project.folder / to)

    return change


CHANGES = {
    "a byte of a note": rewrite("notes.txt", f"arXiv:{HYDRA}\n\narXiv:2912.99998\n"),
    "a byte below a source folder": rewrite("reading/one/b.md", lambda d: d.replace(b"02390", b"02391")),
    "a byte of a glob's match": rewrite("more/c.md", "nothinG\n"),
    "a byte of a deep glob's match": rewrite("deep/d.md", "nothinG\n"),
    "a byte of the target": rewrite("refs.bib", lambda d: d.replace(b"Hydra", b"hydra")),
    "a byte of the lock": rewrite("bibtools.lock", lambda d: d.replace(b"Hydra", b"hydra")),
    "a byte of the settings": rewrite("bibtools.toml", lambda d: d.replace(b"reading/not", b"reading/nox")),
    "a new source": write("reading/new.txt"),
    "a new source in a new folder": write("reading/one/two/three/new.md"),
    "a new match of a glob": write("more/new.md"),
    "a new match of a deep glob": write("deep/one/two/new.md"),
    "a source that was absent": write("absent.txt"),
    "a folder where a source was absent": write("absent.txt/x.txt"),
    "a source is gone": remove("reading/one/b.md"),
    "the target is gone": remove("refs.bib"),
    "the lock is gone": remove("bibtools.lock"),
    "a second settings file": write("pyproject.toml", "[tool.bibtools]\n"),
    "a source becomes a link": link("more/c.md", "deep/d.md"),
    "a source becomes a link to the target": link("reading/one/b.md", "refs.bib"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=list(CHANGES))
def test_whatever_changed_the_whole_program_looks(project, answered, change):
    assert answered(project)
    change(project)
    assert not answered(project)


@pytest.mark.parametrize(
    "change",
    [
        lambda project: os.utime(project.folder / "notes.txt", (1, 1)),
        write("reading/.hidden.txt"),
        write("reading/.hidden/x.txt"),
        write("reading/figure.png"),
        write("elsewhere/x.txt"),
        write("more/sub/x.md"),
        write("more/x.txt"),
        rewrite("notes.txt", lambda data: data),
    ],
    ids=["time", "hidden", "in hidden", "no source", "elsewhere", "below a glob", "no match", "same bytes"],
)
def test_what_no_sync_looks_at_is_no_change(project, answered, change):
    change(project)
    assert answered(project)


def test_the_environment_counts(project, answered, monkeypatch):
    monkeypatch.setenv("BIBTOOLS_ARXIV_DELAY", "1")
    assert not answered(project)
    assert answered(project)
    monkeypatch.setenv("BIBTOOLS_OFFLINE", "perhaps")
    assert not answered(project)


@pytest.mark.parametrize("what", ["__version__", "__file__"])
def test_the_program_counts(project, answered, monkeypatch, tmp_path, what):
    package = tmp_path / "other" / "workflow"
    package.mkdir(parents=True)
    monkeypatch.setattr(stamp, what, {"__version__": "9", "__file__": str(package / "stamp.py")}[what])
    assert not answered(project)
    assert answered(project)
    (package / "stamp.py").write_text("# changed")
    assert answered(project) is (what == "__version__")


def test_an_installation_counts(project, answered, monkeypatch, tmp_path):
    site = tmp_path / "site-packages"
    site.mkdir()
    monkeypatch.syspath_prepend(site)
    assert not answered(project)
    assert answered(project)
    (site / "another.dist-info").mkdir()
    assert not answered(project)


def damage(data):
    return {
        "empty": b"",
        "cut": data[:-1],
        "a digit": data.replace(b"refs.bib is", b"refs.bib iz"),
        "no stamp": b"\x80 anything\0else",
        "another format": stamp_of(b"2" + data.partition(b"\0")[2][1:]),
        "too few parts": stamp_of(b"1"),
    }


def stamp_of(body):
    import hashlib

    return hashlib.blake2b(body, digest_size=16).hexdigest().encode() + b"\0" + body


@pytest.mark.parametrize("kind", damage(b""))
def test_a_damaged_stamp_is_not_believed_and_made_anew(project, answered, kind):
    path = Path(stamp.file_of(str(project.folder), os.environ))
    data = path.read_bytes()
    path.write_bytes(damage(data)[kind])
    assert not answered(project, code=0)
    assert path.read_bytes() == data


@given(st.binary(max_size=200))
def test_any_bytes_are_a_stamp_or_a_value_error(data):
    for candidate in (data, stamp_of(data), stamp_of(b"1\0" + data)):
        try:
            found = stamp.parse(candidate)
        except ValueError:
            continue
        assert stamp.parse(stamp.render(found)).summary == found.summary


texts = st.text(st.characters(exclude_characters="\0"))
paths = st.text(st.characters(exclude_characters="\0|", exclude_categories=["Cs"]))


@given(texts, texts, st.booleans(), st.lists(st.tuples(paths, st.integers(-1, 99), st.lists(paths.filter(bool)))))
def test_what_is_written_is_read(summary, warnings, unsettled, places):
    places = tuple(stamp.Place(path, depth, tuple(endings)) for path, depth, endings in places)
    made = stamp.Stamp(state="0a", places=places, unsettled=unsettled, summary=summary, warnings=warnings)
    found = stamp.parse(stamp.render(made))
    assert (found.summary, found.warnings, found.unsettled) == (summary, warnings, unsettled)
    assert [(p.path, p.depth, p.endings) for p in found.places] == [(p.path, p.depth, p.endings) for p in places]


def test_a_run_that_changed_something_keeps_no_stamp(project, answered):
    project.write("bibtools.toml", SETTINGS + "max-authors = 1\n")
    project("sync", "--check", code=1)
    assert not answered(project, "--check", code=1)
    assert not answered(project, code=0)
    assert not answered(project, code=0)
    assert answered(project, code=0)


CONFLICT = "<<<<<<< ours\n@misc{x, title={A}}\n=======\n@misc{x, title={B}}\n>>>>>>> theirs\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [("reading/new.txt", "arXiv:1706.03762\n"), ("reading/new.txt", b"\0\0"), ("refs.bib", CONFLICT)],
    ids=["not in the lock", "unreadable", "left in conflict"],
)
def test_what_may_be_otherwise_next_time_is_looked_at_again(project, answered, name, text):
    project.write(name, text)
    for _ in range(3):
        assert not answered(project, "--offline")


def test_a_record_that_the_lock_lacks_is_asked_for_again(project, answered, monkeypatch):
    known = json.loads(project.read("bibtools.lock"))
    del known["records"][f"arxiv:{GROKKING}"]
    del known["targets"]["refs.bib"][f"arxiv:{GROKKING}"]
    text = json.dumps(known, ensure_ascii=False, indent=1) + "\n"
    project.write("bibtools.lock", text)
    project.forget()
    for _ in range(3):
        assert not answered(project, "--offline")
        assert project.read("bibtools.lock") == text
    assert not answered(project)
    assert json.loads(project.read("bibtools.lock"))["records"].keys() > known["records"].keys()


def test_a_lock_that_is_behind_is_work_to_do(project, answered):
    project.write("notes.txt", f"arXiv:{HYDRA}\n")
    before = project.read("bibtools.lock")
    for _ in range(2):
        assert not answered(project, "--check", code=0)
    assert not answered(project)
    assert project.read("bibtools.lock") != before


def test_a_target_that_is_behind_is_work_to_do(project, answered):
    project.write("bibtools.toml", SETTINGS + '[[target]]\npath = "refs.bib"\n[[target]]\npath = "refs.json"\n')
    for _ in range(3):
        project("sync")
    assert answered(project)
    lock = project.read("bibtools.lock")
    (project.folder / "refs.json").unlink()
    for _ in range(2):
        assert not answered(project, "--check", code=1)
    assert not answered(project)
    assert project.read("bibtools.lock") == lock


def test_a_change_during_the_run_is_not_stamped(project, answered):
    here = projects.find(project.folder, {})
    seen = unchanged.look(here, {"BIBTOOLS_CACHE_DIR": os.environ["BIBTOOLS_CACHE_DIR"]})
    said = {"unsettled": False, "summary": "s", "warnings": ""}
    path = Path(stamp.file_of(str(project.folder), os.environ))
    path.unlink()
    environ = {"BIBTOOLS_CACHE_DIR": os.environ["BIBTOOLS_CACHE_DIR"]}
    unchanged.keep(here, seen, environ, **said)
    assert path.exists()
    path.unlink()
    project.write("notes.txt", "changed\n")
    unchanged.keep(here, seen, environ, **said)
    assert not path.exists()


def test_clearing_the_cache_forgets_the_stamps_too(project, answered):
    assert answered(project)
    project("cache", "clear")
    assert not answered(project)
    assert answered(project)


def test_without_a_cache_folder_it_is_just_slow(project, answered, monkeypatch):
    monkeypatch.setenv("BIBTOOLS_CACHE_DIR", os.devnull)
    assert not answered(project, "--offline", code=0)
    assert not answered(project, "--offline", code=0)


def test_a_project_is_found_from_below_and_by_name(project, answered, monkeypatch):
    top = project.folder
    project.folder = top / "deep"
    assert answered(project)
    project.folder = top.parent
    assert not answered(project, "--project", top.name)
    assert answered(project, "--project", top.name)
    assert answered(project, "--project", str(top))
    project.folder = top / "reading"
    project.write("pyproject.toml", "[project]\n")  # no project of ours; only the whole program can tell
    assert not answered(project)
    project.write("bibtools.toml", "")
    assert not answered(project)
    assert "refs.bib is current" in project("sync").summary


def test_a_link_to_a_folder_below_a_glob_is_never_stamped(project, answered):
    (project.folder / "deep" / "again").symlink_to(project.folder / "more")
    assert not answered(project)
    assert not answered(project)


def test_too_much_to_look_at_is_left_to_the_whole_program(project, answered, monkeypatch):
    monkeypatch.setattr(stamp, "MAX_BYTES", 5_000)
    assert not answered(project)


@pytest.mark.parametrize(
    "environ",
    [{}, {"XDG_CACHE_HOME": "/x/y"}, {"XDG_CACHE_HOME": ""}, {"BIBTOOLS_CACHE_DIR": "~/here"}],
    ids=["plain", "xdg", "empty", "named"],
)
def test_the_cache_folder_is_the_one_of_the_cache(monkeypatch, environ):
    for name in ("XDG_CACHE_HOME", "BIBTOOLS_CACHE_DIR"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert Path(stamp.cache_folder(os.environ)) == default_folder(os.environ)


SPY = """
import json, os, sys
seen = {"open": set(), "os.scandir": set(), "os.listdir": set()}
sys.addaudithook(lambda event, args: seen[event].add(os.path.abspath(args[0]))
                 if event in seen and isinstance(args[0], str) else None)
from bibtools.cli import main
code = main(["sync", "--offline", "-v"])
print(json.dumps({event: sorted(paths) for event, paths in seen.items()}))
"""


def test_all_that_a_sync_reads_is_among_its_places(project):
    settings = (
        SETTINGS + '[[target]]\npath = "refs.bib"\n[[target]]\npath = "two.bib"\nonly-cited = ["tex/*.tex"]\n'
    )
    project.write("bibtools.toml", settings)
    project.write("tex/paper.tex", r"\cite{mcgrath2023hydra}")
    project("sync")
    ran = subprocess.run([sys.executable, "-c", SPY], cwd=project.folder, capture_output=True, check=True)
    seen = json.loads(ran.stdout)
    here = projects.find(project.folder, {})
    places = tuple(unchanged.places_of(here))

    def changed(path, data):
        before = stamp.observe(str(here.root), places, {})
        old = path.read_bytes() if path.exists() else None
        path.write_bytes(data)
        after = stamp.observe(str(here.root), places, {})
        path.write_bytes(old) if old is not None else path.unlink()
        return after != before

    within = [Path(path) for path in seen["open"] if Path(path).is_relative_to(project.folder)]
    assert {"bibtools.toml", "bibtools.lock", "refs.bib", "two.bib", "notes.txt", "b.md", "c.md", "d.md"} <= {
        path.name for path in within
    }
    for path in within:
        assert changed(path, path.read_bytes() + b"\n"), path
    listed = {Path(folder) for event in ("os.scandir", "os.listdir") for folder in seen[event]}
    for folder in listed & {path.parent for path in within} - {project.folder}:
        like = next(path for path in within if path.parent == folder)
        assert changed(folder / f"zz-new{like.suffix}", b"x"), folder


def test_every_option_of_sync_is_weighed():
    """One that is new must keep the stamp from being made, or be known to make no difference to it."""
    known = {"session", "names", "check", "diff", "prune", "published", "restore", "rerender", "prefer"}
    assert set(inspect.signature(sync.run).parameters) == known


def test_only_what_is_needed_is_imported(project):
    script = (
        "import sys; before = set(sys.modules)\n"
        "from bibtools.cli import main\n"
        "assert main(['sync', '--check', '--offline']) == 0\n"
        "print(*sorted(set(sys.modules) - before))"
    )
    command = [sys.executable, "-I", "-c", f"import sys; sys.path.insert(0, {str(REPOSITORY)!r})\n{script}"]
    ran = subprocess.run(command, cwd=project.folder, capture_output=True, text=True, check=True)
    assert set(ran.stdout.split()) <= {
        "__future__",
        "_blake2",
        "_hashlib",
        "bibtools",
        "bibtools.cli",
        "bibtools.cli.fast",
        "bibtools.workflow",
        "bibtools.workflow.stamp",
        "hashlib",
    }
