"""A sync killed again and again: `python -m tests.killing FOLDER TIMES SEED`, in a project whose lock is complete.

Each round starts from the same files, lets a child sync, and kills it after a random time. Whatever it left, the
`.bib` and the lock must be the old or the new ones, and a second sync must end where an undisturbed one does.
Prints one JSON object: how many rounds left the old file, the new file, the new file and lock.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from pathlib import Path

from bibtools.cli import main

NAMES = ("refs.bib", "bibtools.lock")


def child(folder):
    """A process that syncs; forked, so that starting Python takes no part of the time."""
    pid = os.fork()
    if pid:
        return pid
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    os._exit(main(["sync", "--offline", "--project", str(folder)]))


def state(folder):
    return tuple(path.read_bytes() if (path := folder / name).exists() else None for name in NAMES)


def restore(folder, files):
    for name, data in zip(NAMES, files, strict=True):
        (folder / name).write_bytes(data)


def undisturbed(folder):
    started = time.monotonic()
    assert os.waitpid(child(folder), 0)[1] == 0
    return state(folder), time.monotonic() - started


def run(folder, times, seed):
    dice = random.Random(seed)
    old = state(folder)
    undisturbed(folder)  # imports, caches
    restore(folder, old)
    new, needed = undisturbed(folder)
    assert old[0] != new[0]
    assert old[1] != new[1]
    counts = {"old": 0, "file": 0, "both": 0}
    for _ in range(times):
        restore(folder, old)
        pid = child(folder)
        time.sleep(dice.uniform(0.3, 1.1) * needed)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        left = state(folder)
        assert left in (old, (new[0], old[1]), new), "neither the old files nor the new ones"
        counts["old" if left == old else "both" if left == new else "file"] += 1
        assert undisturbed(folder)[0] == new, "the next run ended elsewhere"
    return counts


if __name__ == "__main__":
    print(json.dumps(run(Path(sys.argv[1]).resolve(), int(sys.argv[2]), int(sys.argv[3]))))
