"""The commonest run, a sync with nothing to do, told by one look at the files: a hook runs it at every commit.

It says what the full run would say, or leaves the run to it (:mod:`bibtools.workflow.stamp` says how it knows).
Imports are kept to what takes no noticeable time.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # typing's own costs milliseconds
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_FLAGS = frozenset({"--check", "--offline", "--strict", "--quiet", "-q"})


def run(arguments: Sequence[str], environ: Mapping[str, str]) -> int | None:
    """The exit code of a sync that has nothing to do, its words said; None: let the whole program run."""
    understood = _understood(arguments)
    if understood is None or "_BIBTOOLS_COMPLETE" in environ:
        return None
    flags, folder = understood
    from bibtools.workflow import stamp

    try:
        root = _root(folder)
        if root is None:
            return None
        known = stamp.read(stamp.file_of(root, environ))
        if known.state != stamp.observe(root, known.places, environ):
            return None
    except (OSError, ValueError):
        return None
    sys.stderr.write(known.warnings)
    if not flags & {"--quiet", "-q"}:
        sys.stderr.write(known.summary + "\n")
    return 1 if known.unsettled and "--strict" in flags else 0


def _understood(arguments: Sequence[str]) -> tuple[set[str], str | None] | None:
    """The flags and the `--project` of a sync that nothing else is asked of; None for any other command line."""
    if not arguments or arguments[0] != "sync":
        return None
    flags: set[str] = set()
    folder = None
    rest = iter(arguments[1:])
    for argument in rest:
        if argument == "--project":
            folder = next(rest, "")
            if not folder or folder.startswith("-"):
                return None
        elif argument in _FLAGS:
            flags.add(argument)
        else:
            return None
    return flags, folder


def _root(folder: str | None) -> str | None:
    """The nearest folder that may be the project; whether it is one, its stamp tells."""
    root = os.getcwd() if folder is None else folder
    while not any(os.path.isfile(os.path.join(root, name)) for name in ("bibtools.toml", "pyproject.toml")):
        above = os.path.dirname(root)
        if folder is not None or above == root:
            return None
        root = above
    return root
