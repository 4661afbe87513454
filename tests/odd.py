"""What the tests of odd input share: a small project, and how an error is told."""

from __future__ import annotations

import os

import pytest

NOTES = "- Some Title of a Paper, arXiv:1706.03762\n"
ENTRY = "@misc{x,\n  title = {Some Thing of Note},\n  author = {A. Author},\n  year = 2017,\n}\n"
LONG = "a" * 300  # more than a file's name may have
POSIX = pytest.mark.skipif(os.name != "posix", reason="FIFOs, links and devices as POSIX has them")


def laid_out(bibtools):
    """A folder with notes, a bibliography and one source."""
    bibtools.write("notes.txt", NOTES)
    bibtools.write("refs.bib", ENTRY)
    bibtools.write("bibtools.toml", 'sources = ["notes.txt"]\n')
    return bibtools


def told(project, *arguments, code, word):
    """A command that ends with a code and says why; the notes and the bibliography are as they were."""
    before = {name: project.read(name) for name in ("notes.txt", "refs.bib") if (project.folder / name).is_file()}
    ran = project(*arguments, code=code)
    assert word in ran.err
    assert {name: project.read(name) for name in before} == before
    return ran
