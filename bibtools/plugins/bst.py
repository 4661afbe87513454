r"""BibTeX styles (`.bst`), run by pybtex's interpreter over entries that are given.

A `.bst` is a program for a stack machine: it can loop for ever and double a text until no memory is left, so it is
run in a process of its own (:mod:`bibtools.plugins.apart`). It has no command that reads or writes files: what it
is given is all it sees. Source: *Designing BibTeX Styles*; the commands as in BibTeX 0.99d.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bibtools.errors import UsageError

_LONGEST = 5_000_000  # BibTeX itself stops at 20,000 characters


def run(style: str, bib: str, keys: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The `.bbl` that the style makes of the entries `keys` of the `.bib` text, and its warnings.

    UsageError (`style-failed`) for a program that is none or stops at an error.
    """
    from pybtex import errors
    from pybtex.bibtex import bst
    from pybtex.database.input.bibtex import Parser

    class Given(Parser):  # type: ignore[misc]
        """Reads the text that is given, whatever files are named."""

        def parse_files(self, base_filenames: Any, file_suffix: Any = None) -> Any:
            return self.parse_string(bib)

    errors.set_strict_mode(False)
    with errors.capture() as captured:
        try:
            script = list(bst.parse_string(style))
            text = _interpreter()(Given, "utf-8").run(script, list(keys), ["given"], 2)
        except RecursionError:
            raise UsageError("style-failed", "the style's functions call each other without end") from None
        except Exception as error:
            message = f"the style stops: {str(error).strip() or type(error).__name__}"
            raise UsageError("style-failed", message) from None
    return text, tuple(str(error) for error in captured)


def _interpreter() -> Any:
    """The interpreter of pybtex with our own built-in functions, and with a limit on texts."""
    from pybtex.bibtex.exceptions import BibTeXError
    from pybtex.bibtex.interpreter import Interpreter

    from bibtools.plugins.bst_builtins import BUILTINS

    class Bounded(Interpreter):  # type: ignore[misc]
        """An interpreter that holds no text longer than a limit."""

        def __init__(self, bib_format: Any, bib_encoding: str) -> None:
            super().__init__(bib_format, bib_encoding)
            self.vars.update(BUILTINS)

        def push(self, value: Any) -> None:
            if isinstance(value, str) and len(value) > _LONGEST:
                raise BibTeXError("a text grows without end")
            self.stack.append(value)

        def output(self, string: str) -> None:
            self.output_length = getattr(self, "output_length", 0) + len(string)
            if self.output_length > 10 * _LONGEST:
                raise BibTeXError("the output grows without end")
            super().output(string)

    return Bounded
