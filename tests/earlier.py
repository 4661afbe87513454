"""A project as an earlier version of bibtools locked and synced it, with what a user may have done in between.

`python -m tests.earlier FOLDER PROGRAM [PAPERS]` makes one: PROGRAM is a folder with that version's `bibtools`,
the stand-in serves the papers. `tests/data/earlier` was made so, by version 0.1.0 as of 2026-11-28.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.standin import Standin, load_papers, seed_papers

VERSION = "bc1933f63f12d2d7a9c85d42d0bc294f39925708"
"""The commit of the version whose projects must stay as they are."""

NOWHERE = (
    "Abstract: We prove that nobody has ever found the present text anywhere, and we discuss why that is so. "
    "Our proof by exhaustion of a made-up corpus is entirely new, and it beats all others by far."
)
_RUN = "import sys; from bibtools.cli import main; sys.exit(main(sys.argv[1:]))"
_MANY = 40  # authors; the committed project does without such papers
SETTINGS = """sources = ["notes.md", "own.bib"]
[[target]]
path = "refs.bib"
[[target]]
path = "other.bib"
format = "biblatex"
max-authors = 3
[[target]]
path = "refs.json"
"""
OWN = """@book{{knuth, author = {{Knuth, Donald E.}}, title = {{The Art of Computer Programming}}, year = 1968}}
@article{{mine, title = {{Something of My Own}}, author = {{Me, M.}}, journal = {{J}}, year = 2001}}
@misc{{export, title = {{As Exported}}, eprint = {{{0}}}, archiveprefix = {{arXiv}}, year = {{2024}}}}
"""
REFS = """% written by hand
@string{{jml = "Journal of Machine Learning"}}

@article{{scholar,
  title   = {{Whatever}},
  author  = {{A, B}},
  journal = {{arXiv preprint arXiv:{0}}},
  year    = 2020
}}

@misc{{export2,
      title={{As arXiv Exports It}},
      author={{C D and E F}},
      year={{2023}},
      eprint={{{1}}},
      archivePrefix={{arXiv}},
      primaryClass={{cs.LG}},
}}

@book{{foreign,
  author = {{Nobody}},
  title  = {{Not Mentioned}},
  year   = 1999
}}
"""


def build(folder: Path, program: Path, numbers: Sequence[str], url: str, *, settings: str = SETTINGS) -> None:
    """Make the project: at least ten arXiv ids, the first seven of which things happen to."""

    def run(*arguments: str) -> None:
        environ = {k: v for k, v in os.environ.items() if not k.startswith(("BIBTOOLS_", "PYTHON"))}
        environ |= {"PYTHONPATH": str(program), "BIBTOOLS_ARXIV_URL": url, "BIBTOOLS_ARXIV_DELAY": "0"}
        environ |= {"BIBTOOLS_CACHE_DIR": str(folder.parent / f"{folder.name}-cache")}
        done = subprocess.run(
            [sys.executable, "-c", _RUN, *arguments],
            cwd=folder,
            env=environ,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode in (0, 1), done.stderr

    folder.mkdir(parents=True, exist_ok=True)
    notes = "".join(f"- arXiv:{number}\n\n" for number in numbers)
    (folder / "notes.md").write_text(f"{notes}{NOWHERE}\n\n- arXiv:0704.9999\n")
    (folder / "own.bib").write_text(OWN.format(numbers[5]))
    (folder / "bibtools.toml").write_text(settings)
    (folder / "refs.bib").write_text(REFS.format(numbers[0], numbers[1]))
    run("lock")
    run("sync", "--offline")
    held = json.loads((folder / "bibtools.lock").read_text(encoding="utf-8"))
    keys = [held["records"][f"arxiv:{number}"]["key"] for number in numbers[:7]]
    digests = {said["text"]: digest for digest, said in held["mentions"].items()}
    run("ignore", next(digest for text, digest in digests.items() if text.startswith("We prove that nobody")))
    run("pin", digests["0704.9999"], numbers[6])
    _edit(folder / "refs.bib", keys)
    text = (folder / "bibtools.lock").read_text(encoding="utf-8")
    held = json.loads(text)
    for number, title in ((numbers[2], "Another Title Altogether"), (numbers[3], "A Title That Is Corrected")):
        held["records"][f"arxiv:{number}"]["title"] = title
    (folder / "bibtools.lock").write_text(json.dumps(held, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    run("sync", "--offline")


def _edit(path: Path, keys: Sequence[str]) -> None:
    """What a co-author does: a title changed, a field taken out, an entry deleted, one renamed."""
    blocks = path.read_text(encoding="utf-8").split("\n@")
    edited = []
    for block in blocks:
        if f"{{{keys[2]}," in block:
            block = "\n".join(
                line if not line.lstrip().startswith("title") else "  title = {My Own Words},"
                for line in block.split("\n")
            )
        if f"{{{keys[3]}," in block:
            block = "\n".join(line for line in block.split("\n") if "primaryclass" not in line.lower())
        if f"{{{keys[4]}," in block:
            continue
        edited.append(block.replace(f"{{{keys[6]},", "{renamed,"))
    path.write_text("\n@".join(edited), encoding="utf-8")


def main(arguments: Sequence[str]) -> None:
    """Make a project by hand; see the module."""
    folder, program, *rest = arguments
    papers = load_papers(rest[0]) if rest else seed_papers()
    few = [p for p in papers if not p.invented and len(p.authors) < _MANY][:12]
    with Standin(papers) as standin:
        numbers = [paper.id for paper in (papers if rest else few)]
        build(Path(folder).resolve(), Path(program).resolve(), numbers, standin.url)


if __name__ == "__main__":
    main(sys.argv[1:])
