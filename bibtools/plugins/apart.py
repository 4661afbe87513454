"""Carries out somebody else's style in a process of its own: `python -m bibtools.plugins.apart`.

A request comes on standard input as JSON: `kind` (`bst` or `csl`), `style`, `entries` (a `.bib` text, or
CSL-JSON), `keys`, `to`. The answer goes to standard output: `references`, `text` and `warnings`, or `error` with
`code`, `message` and `hint`. Memory is limited, nothing can be written to a file, and whoever started the process
stops it after a while.
"""

from __future__ import annotations

import io
import json
import sys
from contextlib import suppress
from typing import Any

MEMORY = 2 << 30


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """What the style makes of the entries, or why it does not."""
    from dataclasses import asdict

    from bibtools.errors import UsageError
    from bibtools.plugins import citing

    try:
        if request["kind"] == "bst":
            from bibtools.plugins import bst

            bbl, warnings = bst.run(request["style"], request["entries"], request["keys"])
            return {**asdict(citing.by_bbl(bbl, request["to"])), "warnings": list(warnings)}
        from bibtools.plugins import csl

        rows = csl.run(request["style"].encode("latin-1"), request["entries"], request["keys"])
        return {**asdict(citing.by_html(rows, request["to"])), "warnings": []}
    except UsageError as error:
        problem = error.problem
        return {"error": {"code": problem.code, "message": problem.message, "hint": problem.hint}}
    except MemoryError:
        return {"error": {"code": "style-failed", "message": "the style needs too much memory", "hint": None}}


def limit() -> None:
    """Limit what this process may use, where the system can."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """Read a request, write the answer."""
    request = json.loads(sys.stdin.buffer.read())
    sys.dont_write_bytecode = True
    limit()
    out = sys.stdout.buffer
    sys.stdout = sys.stderr = io.StringIO()  # a style's own words (`top$`) are no part of the answer
    made = json.dumps(answer(request)).encode("ascii")
    out.write(made)
    out.flush()


if __name__ == "__main__":
    main()
