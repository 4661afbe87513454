"""The command line: words in, exit code out."""

from __future__ import annotations

import os
import sys

from bibtools.cli import fast

TYPE_CHECKING = False  # typing's own costs milliseconds
if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code, whatever happens (a plain traceback would exit 1: "attention")."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = fast.run(given, os.environ)
    except KeyboardInterrupt:
        return _interrupted()
    return _run(given) if code is None else code


def _run(arguments: list[str]) -> int:
    from bibtools.errors import BibtoolsError, ExitCode

    try:
        _check_folder()
        from bibtools.cli.app import run

        return run(arguments)
    except BibtoolsError as error:
        from bibtools.report import render

        sys.stderr.write(render([error.problem]))
        return int(error.exit_code)
    except KeyboardInterrupt:
        return _interrupted()
    except BrokenPipeError:
        # The reader of our output went away (`| head`): nothing is wrong, and nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return int(ExitCode.DONE)
    except Exception as error:  # the last line of defence: a bug must not look like "attention"
        return _bug(error)


def _check_folder() -> None:
    """UsageError in a working folder that is gone: no relative path leads anywhere from there."""
    from bibtools.errors import UsageError

    try:
        os.getcwd()  # noqa: PTH109  (pathlib takes as long to import as much of what may follow)
    except OSError:
        raise UsageError("no-folder", "the working folder does not exist", hint="cd to one that does") from None


def _interrupted() -> int:
    from bibtools.errors import ExitCode

    sys.stderr.write("\ninterrupted; what was already fetched is kept\n")
    return int(ExitCode.INTERRUPTED)


def _bug(error: Exception) -> int:
    import traceback

    from bibtools import __version__
    from bibtools.errors import ExitCode
    from bibtools.report import printable

    traceback.print_exception(error)
    sys.stderr.write(
        f"bibtools {__version__}: error: this is a bug in bibtools: {printable(str(error))} [bug]\n"
        "  hint: nothing was written; please report the lines above\n"
    )
    return int(ExitCode.BUG)
