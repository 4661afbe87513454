"""Documents typeset by the real pdflatex, bibtex and biber, what the programs said, and the pages."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

TIMEOUT = 900  # seconds; biber reads 4,500 entries in some minutes
_WRAP = {"max_print_line": "20000", "error_line": "254", "half_error_line": "238"}
_FATAL = re.compile(r"^(?:! .*(?:\n(?!! ).*){0,6}|Missing character: .*)", re.MULTILINE)
_WARNING = re.compile(
    r"^(?:LaTeX|Package|Class|pdfTeX)\b(?!: infwarerr).*?\b[Ww]arning\b.*(?:\n\(.*)*", re.MULTILINE
)
_BIBTEX = re.compile(r"^(?:Warning--.*(?:\n--.*)?|.*---.*(?:\n .*)*|.*(?:error message|exceeded).*)", re.MULTILINE)
_BIBER = re.compile(r"^(?:WARN|ERROR) - .*", re.MULTILINE)
_UNTOLD = re.compile(
    r"[Rr]e-?run|Label\(s\) may have changed|undefined references|Reference .* undefined|Empty bibliography"
    r"|Font Warning"
)
"""What a second run would settle, and which fonts there are."""


def needs(*programs: str) -> pytest.MarkDecorator:
    """Skipped where a program is missing, and never where `CI` is set."""
    missing = [program for program in programs if shutil.which(program) is None]
    return pytest.mark.skipif(bool(missing) and not os.environ.get("CI"), reason=f"no {', '.join(missing)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Typeset:
    """What the programs said, and the characters on the pages without blanks."""

    errors: tuple[str, ...]
    warnings: tuple[str, ...]
    shown: str
    references: str = ""

    def missing(self, numbers: Iterable[str]) -> list[str]:
        """The arXiv ids that stand on no page."""
        return [number for number in numbers if number not in self.shown]


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[bytes]:
    """A program run in a folder, with long lines in its log."""
    environment = os.environ | _WRAP
    return subprocess.run(command, cwd=folder, capture_output=True, timeout=TIMEOUT, check=False, env=environment)


def by_bibtex(folder: Path, document: str, entries: str) -> Typeset:
    """A document and its `refs.bib`, typeset with bibtex and pdflatex."""
    (folder / "paper.tex").write_text(document, encoding="utf-8")
    (folder / "refs.bib").write_text(entries, encoding="utf-8")
    _latex(folder, "-draftmode")
    bibtex = run(folder, "bibtex", "paper")
    said = _read(folder / "paper.blg")
    own = [match[0] for match in _BIBTEX.finditer(said)]
    faults = [text for text in own if not text.startswith("Warning--")]
    if bibtex.returncode > 1 and not faults:
        faults.append(said[-400:])
    return _typeset(folder, faults, [text for text in own if text.startswith("Warning--")])


def by_biber(folder: Path, document: str, entries: str) -> Typeset:
    """A document and its `refs.bib`, typeset with biber and pdflatex."""
    (folder / "paper.tex").write_text(document, encoding="utf-8")
    (folder / "refs.bib").write_text(entries, encoding="utf-8")
    _latex(folder, "-draftmode")
    output = run(folder, "biber", "--validate-datamodel", "paper").stdout.decode("utf-8", "replace")
    own = [match[0] for match in _BIBER.finditer(output)]
    return _typeset(folder, [t for t in own if t[0] == "E"], [t for t in own if t[0] == "W"])


def lualatex(folder: Path, document: str, entries: str) -> list[str]:
    """The errors of the same with lualatex; a letter that the font has not is none."""
    (folder / "paper.tex").write_text(document, encoding="utf-8")
    (folder / "refs.bib").write_text(entries, encoding="utf-8")
    for program in ("lualatex", "bibtex", "lualatex"):
        options = ["-interaction=nonstopmode", "-draftmode"] if program == "lualatex" else []
        run(folder, program, *options, "paper")
    return [match[0] for match in _FATAL.finditer(_read(folder / "paper.log")) if match[0].startswith("!")]


def _typeset(folder: Path, errors: list[str], warnings: list[str]) -> Typeset:
    log = _latex(folder)
    told = [match[0] for match in _WARNING.finditer(log)]
    return Typeset(
        errors=tuple(errors + [match[0] for match in _FATAL.finditer(log)]),
        warnings=tuple(warnings + [text for text in told if not _UNTOLD.search(text)]),
        shown=text_of(folder / "paper.pdf"),
        references=_read(folder / "paper.bbl"),
    )


def _latex(folder: Path, *options: str) -> str:
    run(folder, "pdflatex", "-interaction=nonstopmode", "-no-shell-escape", *options, "paper.tex")
    return _read(folder / "paper.log")


def text_of(pdf: Path) -> str:
    """The characters on the pages, without blanks; nothing where there is no page."""
    if not pdf.is_file():
        return ""
    output = run(pdf.parent, "pdftotext", "-raw", "-enc", "UTF-8", "-nopgbrk", pdf.name, "-").stdout.decode(
        "utf-8", "replace"
    )
    return "".join(output.split()).replace("\u2010", "-").replace("\u2011", "-")


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace") if path.is_file() else ""
