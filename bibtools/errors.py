"""Problems (values to tell the user) and the few exceptions that stop a run.

A fault in the user's data is a :class:`Problem`: collected over the whole run, sorted by place, printed
together. An exception is only for what ends the run; each carries the exit code it stands for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Literal

Severity = Literal["error", "warning", "info"]


class ExitCode(IntEnum):
    """What a run ends with; the meanings are part of the command line's interface."""

    DONE = 0
    ATTENTION = 1
    USAGE = 2
    UNUSABLE_FILE = 3
    SERVICE = 4
    NOT_WRITTEN = 5
    BUG = 70
    INTERRUPTED = 130


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place in a file: `file` as the user would write it, `line` and `column` from 1, in code points."""

    file: str | None = None
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        """`file:line:column`, as far as known."""
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)


NOWHERE = Place()


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something to tell the user. `code` is stable (`bib-unclosed`); `hint` says what to do about it."""

    severity: Severity
    code: str
    message: str
    where: Place = NOWHERE
    hint: str | None = None
    key: str | None = None

    def in_file(self, name: str) -> Problem:
        """The same problem, in the file `name` unless it names one."""
        return self if self.where.file else replace(self, where=replace(self.where, file=name))

    def at(self, where: Place) -> Problem:
        """The same problem, seen at another place."""
        return replace(self, where=where)


class BibtoolsError(Exception):
    """Stops the run. `problem` says why, `exit_code` is what the process ends with."""

    exit_code = ExitCode.BUG

    def __init__(self, code: str, message: str, *, where: Place = NOWHERE, hint: str | None = None) -> None:
        super().__init__(message)
        self.problem = Problem(severity="error", code=code, message=message, where=where, hint=hint)


class UsageError(BibtoolsError):
    """Wrong arguments or settings, or a lock of a newer format."""

    exit_code = ExitCode.USAGE


class UnusableFileError(BibtoolsError):
    """A whole file cannot be used."""

    exit_code = ExitCode.UNUSABLE_FILE


class ServiceError(BibtoolsError):
    """A service is needed and cannot be used now."""

    exit_code = ExitCode.SERVICE


class NotWrittenError(BibtoolsError):
    """A result could not be written; the file is as it was."""

    exit_code = ExitCode.NOT_WRITTEN


class InternalError(BibtoolsError):
    """A promise about the result did not hold; nothing was written."""

    exit_code = ExitCode.BUG
