"""How fast a `.bib` becomes CSL-JSON, against pandoc and pybtex's own reader in the same run; whole processes.

python -m benchmarks.convert_speed [ENTRIES]
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.bibfile_speed import entry
from bibtools import bibfile


def seconds(command: list[str]) -> float:
    """The best of three runs of a process, its processor time."""
    times = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(times)


def main() -> None:
    dice = random.Random(0)
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    text = "\n".join(bibfile.render_entry(entry(number, dice)) for number in range(size))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "refs.bib"
        path.write_text(text, encoding="utf-8")
        pandoc = seconds(["pandoc", "-f", "bibtex", "-t", "csljson", str(path)])
        print(f"{size} entries, {len(text) / 1e6:.1f} MB; pandoc to csljson: {pandoc:.2f} s = 1")
        python = [sys.executable, "-m"]
        for name, command in {
            "csl-json": [*python, "bibtools", "convert", str(path), "--to", "csl-json"],
            "csl-yaml": [*python, "bibtools", "convert", str(path), "--to", "csl-yaml"],
            "ris": [*python, "bibtools", "convert", str(path), "--to", "ris"],
            "html": [*python, "bibtools", "convert", str(path), "--to", "html"],
            "biblatex": [*python, "bibtools", "convert", str(path), "--to", "biblatex"],
            "pybtex, parse": [
                sys.executable,
                "-c",
                f"from pybtex.database import parse_file; parse_file({str(path)!r})",
            ],
        }.items():
            ours = seconds(command)
            print(f"{name:16} {ours:6.2f} s  {ours / pandoc:6.2f}")


if __name__ == "__main__":
    main()
