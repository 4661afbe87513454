"""How fast a `.bib` of 10,000 entries is read and edited, against bibtexparser in the same run.

python -m benchmarks.bibfile_speed [ENTRIES]
"""

from __future__ import annotations

import gc
import random
import sys
import time
from collections.abc import Callable
from typing import Any

from bibtools import bibfile
from bibtools.model import Entry, Field

TEXT = 'attention of sparse {BERT} models, scaling $n^2$ laws for \\emph{large} networks and their "limits" in'
WORDS = TEXT.split()


def entry(number: int, dice: random.Random) -> Entry:
    """An entry of the usual size: ten fields, an abstract of some 1,100 characters."""

    def text(words: int) -> str:
        return " ".join(dice.choice(WORDS) for _ in range(words))

    fields = (
        Field("author", " and ".join(f"Family{dice.randrange(999)}, Given" for _ in range(6))),
        Field("title", text(9)),
        Field("year", str(dice.randrange(1991, 2026))),
        Field("month", "jun", macro=True),
        Field("howpublished", f"arXiv:{number:09.4f}"),
        Field("eprint", f"{number:09.4f}"),
        Field("archiveprefix", "arXiv"),
        Field("primaryclass", "cs.CL"),
        Field("url", f"https://example.org/{number}"),
        Field("abstract", text(170)),
    )
    return Entry(entry_type="misc", key=f"key{number:05d}", fields=fields)


def seconds(task: Callable[[], Any]) -> float:
    """The best of three runs, processor time."""
    times = []
    for _ in range(3):
        gc.collect()
        begin = time.process_time()
        task()
        times.append(time.process_time() - begin)
    return min(times)


def main() -> None:
    import bibtexparser

    dice = random.Random(0)
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    text = "\n".join(bibfile.render_entry(entry(number, dice)) for number in range(size))
    bib = bibfile.parse(text)
    habits, macros, new = bibfile.measure(bib), bibfile.macros(bib), entry(size, dice)
    theirs = seconds(lambda: bibtexparser.parse_string(text, parse_stack=[]))
    print(f"{size} entries, {len(text) / 1e6:.1f} MB; bibtexparser without middleware: {theirs:.2f} s = 1")
    tasks: dict[str, Callable[[], Any]] = {
        "parse": lambda: bibfile.parse(text),
        "meaning of all": lambda: [bibfile.entry_of(block, text, macros) for block in bib.entries],
        "identity of all": lambda: [bibfile.arxiv_id(bibfile.entry_of(block, text)) for block in bib.entries],
        "habits": lambda: bibfile.measure(bib),
        "add one entry": lambda: bibfile.apply(text, [bibfile.insert_entry(bib, new, habits)]),
        "change all": lambda: bibfile.apply(
            text, [bibfile.replace_value(bib, block, "year", Field("year", "1")) for block in bib.entries]
        ),
        "remove all": lambda: bibfile.apply(text, [bibfile.remove_entry(bib, block) for block in bib.entries]),
    }
    for name, task in tasks.items():
        ours = seconds(task)
        print(f"{name:16} {ours:6.2f} s  {ours / theirs:6.2f}")


if __name__ == "__main__":
    main()
