"""How long a sync with nothing to do takes, in multiples of `python -c pass`: whole processes, best of several.

python -m benchmarks.sync_speed
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bibtools import lock
from bibtools.model import Answered, Name, PartialDate, Query, Record
from bibtools.workflow import gather, project, resolve

SIZES = (27, 1000)
RUNS = 15
TEXT = "attention of sparse models scaling laws for large networks and their limits in deep learning theory"
WORDS = TEXT.split()
PROGRAM = [sys.executable, "-m", "bibtools"]


class Library:
    """Answers every question for ids with records of the usual size."""

    def __init__(self) -> None:
        self.dice = random.Random(1)

    def text(self, words: int) -> str:
        return " ".join(self.dice.choice(WORDS) for _ in range(words))

    def ask(self, query: Query) -> Answered:
        records = tuple(self.record(number.number) for number in query.ids)
        return Answered(records=records, total=len(records))

    def record(self, number: str) -> Record:
        return Record(
            id=f"arxiv:{number}",
            title=self.text(9).capitalize(),
            authors=tuple(Name(family=f"Family{self.dice.randrange(999)}", given="Given") for _ in range(6)),
            abstract=self.text(170),
            version=1,
            published=PartialDate(2024, 1 + self.dice.randrange(12), 1),
            primary_category="cs.CL",
            categories=("cs.CL",),
        )


def make(folder: Path, entries: int) -> None:
    """A project with a complete lock and a current refs.bib."""
    (folder / "bibtools.toml").write_text('sources = ["notes.txt"]\n')
    lines = [f"arXiv:24{1 + number // 900:02}.{number:05}\n\n" for number in range(1, entries + 1)]
    (folder / "notes.txt").write_text("".join(lines))
    here = project.find(folder, {})
    found = gather.from_project(here)
    held = resolve.resolve(found.mentions, lock.Lock(), here, Library())
    assert len(held.records) == entries
    (folder / "bibtools.lock").write_text(lock.render(held), encoding="utf-8")
    subprocess.run([*PROGRAM, "sync", "--offline"], cwd=folder, check=True, capture_output=True)


def seconds(command: list[str], folder: Path, runs: int = RUNS) -> float:
    """The best wall time of several runs of a whole process."""
    best = float("inf")
    for _ in range(runs):
        begin = time.perf_counter()
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
        best = min(best, time.perf_counter() - begin)
    return best


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        os.environ["BIBTOOLS_CACHE_DIR"] = str(Path(name) / "cache")
        bare = seconds([sys.executable, "-c", "pass"], Path(name))
        print(f"python -c pass: {bare * 1e3:.0f} ms; a sync with nothing to do takes, as a multiple of that")
        print(f"{'entries':>8}  {'sync':>6}  {'sync --check':>12}  {'without a stamp':>15}")
        for entries in SIZES:
            folder = Path(name) / str(entries)
            folder.mkdir()
            make(folder, entries)
            full = seconds([*PROGRAM, "sync", "--offline", "-v"], folder, 5)  # -v is never answered from a stamp
            seconds([*PROGRAM, "sync", "--offline"], folder, 1)
            times = [seconds([*PROGRAM, "sync", *flags, "--offline"], folder) for flags in ([], ["--check"])]
            print(f"{entries:>8}  {times[0] / bare:>6.1f}  {times[1] / bare:>12.1f}  {full / bare:>15.1f}")


if __name__ == "__main__":
    main()
