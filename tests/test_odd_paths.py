"""Whatever a path leads to, or does not: a clear error, and nothing is lost."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bibtools import files, report
from tests.odd import ENTRY, LONG, NOTES, POSIX, laid_out, told
from tests.running import REPOSITORY

DEEP = 1_100  # folders; more than Python recurses


@pytest.fixture
def project(bibtools):
    return laid_out(bibtools)


# --- paths in the settings ---


@pytest.mark.parametrize(
    ("source", "code", "word"),
    [
        (f"{LONG}*.txt", 0, "does not exist"),
        (f"{LONG}.txt", 3, "File name too long"),
        ("d/" * 3_000 + "a.txt", 3, "File name too long"),
        ("[", 0, "does not exist"),
        ("notes.txt/", 0, ""),
        ("notes.txt/x.txt", 0, "does not exist"),
        ("~nobody/x.txt", 0, "does not exist"),
    ],
)  # fmt: skip
def test_a_source_that_cannot_be_a_file(project, source, code, word):
    project.write("bibtools.toml", f'sources = ["notes.txt", "{source}"]\n')
    for command in (["extract"], ["sync", "--offline"], ["export", "--offline"]):
        ran = told(project, *command, code=code, word=word)
    assert "Some Title" in project("extract", code=code).out
    assert all(len(line) < 2 * report.MAX_LENGTH + 100 for line in ran.err.splitlines())


@pytest.mark.parametrize("pattern", ["a**b", "**x/*.txt", "***/*.txt"])
def test_a_pattern_that_cannot_be_followed(project, monkeypatch, pattern):
    def refuse(self, pattern):  # as Python up to 3.12 does
        raise ValueError("Invalid pattern: '**' can only be an entire path component")

    monkeypatch.setattr(Path, "glob", refuse)
    project.write("bibtools.toml", f'sources = ["notes.txt", "{pattern}"]\n')
    ran = told(project, "sync", "--offline", code=3, word="pattern-unusable")
    assert "bibtools.toml" in ran.err
    project.write(
        "bibtools.toml", f'sources = ["notes.txt"]\n[[target]]\npath = "refs.bib"\nonly-cited = ["{pattern}"]\n'
    )
    told(project, "sync", "--offline", code=0, word="pattern-unusable")


@pytest.mark.parametrize(
    ("settings", "code", "word"),
    [
        (f'output = "{LONG}.bib"', 3, "File name too long"),
        (f'lock = "{LONG}.lock"', 3, "File name too long"),
        ('lock = "notes.txt/x.lock"', 5, "cannot be written"),
        ('output = "notes.txt/x.bib"', 0, ""),
        ('output = "/dev/full"', 3, "not a regular file"),
        ('output = "."', 3, "not a regular file"),
        (f'[[target]]\npath = "refs.bib"\nonly-cited = ["{LONG}*.tex", "{LONG}.tex"]', 0, "cited-missing"),
        ('output = "a\\u0000b.bib"', 2, "a path is needed"),
        ('[[target]]\npath = "a/../refs.bib"\n[[target]]\npath = "refs.bib"', 2, "two targets have one path"),
        ('output = "bibtools.lock"', 2, "is the lock file too"),
        ('output = "./notes.txt"', 2, "is a source too"),
    ],
)  # fmt: skip
def test_a_target_or_a_lock_that_cannot_be_a_file(project, settings, code, word):
    project.write("bibtools.toml", f'sources = ["notes.txt"]\n{settings}\n')
    told(project, "status", code=None, word="")
    told(project, "sync", "--offline", code=code, word=word)


def test_a_name_as_long_as_one_may_be_is_written(project):
    name = "b" * 251 + ".bib"
    project.write("s.bib", ENTRY)
    project.write("bibtools.toml", f'sources = ["s.bib"]\noutput = "{name}"\n')
    project("sync", "--offline")
    assert "Some Thing of Note" in project.read(name)


@POSIX
@pytest.mark.parametrize("name", ["notes.txt", "refs.bib", "bibtools.lock", "bibtools.toml", "papers.txt"])
@pytest.mark.parametrize("kind", ["loop", "two", "fifo", "socket", "folder"])
def test_a_file_of_the_project_that_is_none(project, monkeypatch, name, kind):
    monkeypatch.chdir(project.folder)
    Path(name).unlink(missing_ok=True)
    if kind == "loop":
        Path(name).symlink_to(name)
    elif kind == "two":
        Path(name).symlink_to("other")
        Path("other").symlink_to(name)
    elif kind == "fifo":
        os.mkfifo(name)
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as unix:
            unix.bind(name)
    else:
        Path(name).mkdir()
    for command in ("status", "extract", "sync", "export", "keys", "lock"):
        ran = project(command, *(["--offline"] if command not in ("extract", "keys") else []), code=None)
        assert ran.code in (0, 1, 2, 3), ran.err
        assert "Traceback" not in ran.err
    if name in ("bibtools.lock", "refs.bib"):
        assert ran.code == 3 or name == "refs.bib"
        assert project("sync", "--offline", code=3).err
    if name == "notes.txt" and kind != "folder":
        assert "file-unreadable" in project("sync", "--offline", code=3).err
    if name == "bibtools.toml" and kind != "folder":
        assert "cannot be read" in project("status", code=3).err or kind in ("fifo", "socket")
    assert Path(name).is_symlink() == (kind in ("loop", "two"))


@POSIX
def test_links_in_a_circle_below_a_folder_stop_nothing(project):
    folder = project.folder / "more"
    folder.mkdir()
    (folder / "loop.txt").symlink_to("loop.txt")
    (folder / "up").symlink_to("..")
    (folder / "b.txt").write_text("- arXiv:2307.15771\n")
    project.write("bibtools.toml", 'sources = ["more/", "more/*.txt", "more/**/*.md"]\n')
    ran = project("extract", code=3)
    assert "2307.15771" in ran.out
    assert "more/loop.txt: error: cannot be read" in ran.err


# --- folders ---


@pytest.fixture
def deep(project):
    """A tree of folders with notes at its end, removed by a program that does not recurse (pytest does)."""
    step = os.open(project.folder, os.O_RDONLY)
    for _ in range(DEEP):
        os.mkdir("d", dir_fd=step)
        below = os.open("d", os.O_RDONLY, dir_fd=step)
        os.close(step)
        step = below
    with os.fdopen(os.open("deep.txt", os.O_WRONLY | os.O_CREAT, dir_fd=step), "w") as file:
        file.write("- arXiv:2307.15771\n")
    os.close(step)
    yield project
    subprocess.run(["rm", "-rf", project.folder / "d"], check=True)


@POSIX
def test_a_tree_deeper_than_python_recurses_is_read(deep):
    deep.write("bibtools.toml", 'sources = ["d/"]\n')
    assert "2307.15771" in deep("extract").out
    deep("sync", "--offline")
    deep("init", "--project", str(deep.folder / "d"), code=None)


@POSIX
def test_a_pattern_into_a_tree_too_deep_is_told(deep):
    deep.write("bibtools.toml", 'sources = ["notes.txt", "d/**/*.txt"]\n')
    ran = deep("extract", code=None)
    assert ran.code == 0 or "leads too deep" in ran.err  # newer versions of Python do not recurse
    assert "1706.03762" in ran.out


def test_a_folder_that_cannot_be_read_is_told(project, monkeypatch):
    scandir = os.scandir

    def guarded(path):
        if str(path).endswith("private"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    project.write("more/private/a.txt", NOTES)
    project.write("more/b.txt", "- arXiv:2307.15771\n")
    project.write("bibtools.toml", 'sources = ["more/"]\n')
    monkeypatch.setattr(os, "scandir", guarded)
    ran = project("extract", code=3)
    assert "more/private: error: cannot be read: Permission denied [folder-unreadable]" in ran.err
    assert "2307.15771" in ran.out
    project.write("bibtools.toml", 'sources = ["more/"]\nexclude = ["more/private/"]\n')
    assert "private" not in project("extract").err


def test_a_file_that_goes_between_looking_and_reading_is_told(project, monkeypatch):
    project.write("more/a.txt", NOTES)
    project.write("more/b.txt", "- arXiv:2307.15771\n")
    project.write("bibtools.toml", 'sources = ["more/"]\n')
    read = files.read

    def late(path, *, name):
        if path.name == "a.txt":
            path.unlink()
        return read(path, name=name)

    monkeypatch.setattr(files, "read", late)
    ran = project("extract", code=3)
    assert "more/a.txt: error: cannot be read: No such file" in ran.err
    assert "2307.15771" in ran.out


@POSIX
@pytest.mark.parametrize(
    "arguments", [["status"], ["sync"], ["init"], ["export", "1706.03762"], ["cache", "info"]]
)
def test_a_working_folder_that_is_gone(tmp_path, arguments):
    code = f"import os; os.rmdir({str(tmp_path)!r}); from bibtools.cli import main; exit(main({arguments!r}))"
    path = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    ran = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=path, capture_output=True, text=True)
    assert ran.returncode == 2
    assert "the working folder does not exist [no-folder]" in ran.stderr


# --- what is written, what is named ---


@POSIX
@pytest.mark.parametrize("output", [".", "/dev/null", "fifo", f"{LONG}.bib", "notes.txt/x.bib"])
def test_an_output_that_cannot_be_a_file(project, output):
    os.mkfifo(project.folder / "fifo")
    for command in (["export", "--offline"], ["convert", "refs.bib", "--to", "bibtex"]):
        told(project, *command, "-o", output, code=5, word="cannot be written")


@pytest.mark.parametrize(
    "what", ["word " * 100, LONG + ".txt", "Abstract: " + "word " * 500, "10.1000/" + "x" * 999]
)
def test_an_argument_longer_than_a_name_may_be_is_no_file(project, what):
    for command in ("export", "add"):
        ran = project(command, "--offline", what, code=None)
        assert ran.code in (0, 1, 2), ran.err
    assert project.read("notes.txt") == NOTES


def test_a_line_of_thousands_of_digits_is_no_place(project):
    for command in (["ignore", "notes.txt:" + "9" * 5_000], ["pin", "9" * 5_000, "1706.03762"]):
        told(project, *command, code=2, word="no mention")


@pytest.mark.parametrize("value", ["nan", "inf", "-1", "1e308", "-0.5", "x", "9" * 5_000, "1e999"])
def test_a_delay_that_is_none(project, monkeypatch, value):
    monkeypatch.setenv("BIBTOOLS_ARXIV_DELAY", value)
    told(project, "status", code=2, word="BIBTOOLS_ARXIV_DELAY")


def test_a_cache_folder_of_nobody(project, monkeypatch):
    monkeypatch.setenv("BIBTOOLS_CACHE_DIR", "~no-such-user/cache")
    told(project, "cache", "info", code=2, word="BIBTOOLS_CACHE_DIR")
    told(project, "sync", "--offline", code=2, word="BIBTOOLS_CACHE_DIR")
