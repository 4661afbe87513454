"""One run of one command: what it may use, what it says, and how it ends.

Data go to stdout, words to stderr; the last line on stderr is a one-line summary.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bibtools import report
from bibtools.cli.progress import ProgressLine
from bibtools.errors import BibtoolsError, ExitCode, NotWrittenError, Problem, UsageError
from bibtools.workflow import project as projects

DOCUMENT_VERSION = 1
_STOPPED = {
    ExitCode.SERVICE: "stopped: nothing was written; what was already fetched is kept",
    ExitCode.NOT_WRITTEN: "stopped: the file named above is as it was",
}


@dataclass(slots=True, kw_only=True)
class Session:
    """The common options, the problems met and the number of requests sent so far.

    `counted` are problems that `--json` and `--verbose` list as any others, while a summary only counts them.
    `documented` is whether the JSON document was written.
    """

    offline: bool = False
    as_json: bool = False
    strict: bool = False
    quiet: bool = False
    verbose: bool = False
    folder: Path | None = None
    problems: list[Problem] = field(default_factory=list)
    counted: list[Problem] = field(default_factory=list)
    requests: int = 0
    documented: bool = False
    line: ProgressLine | None = None
    _project: projects.Project | None = None

    @property
    def project(self) -> projects.Project:
        """The project of `--project` or of the working folder."""
        if self._project is None:
            self._project = projects.find(Path.cwd(), os.environ, explicit=self.folder)
        return self._project

    def choose_target(self, name: str | None) -> None:
        """Let the library be that of another `.bib` target. UsageError (`no-such-target`) where it is none."""
        if name is not None:
            self._project = projects.with_first(self.project, name)

    @property
    def own_project(self) -> projects.Project:
        """The project, for what needs one: UsageError (`no-project`) where there is none."""
        if self.project.settings_file is None:
            raise UsageError("no-project", "there is no project here", hint="make one with: bibtools init")
        return self.project

    def write(self, text: str) -> None:
        """Data to stdout: UTF-8 and plain newlines on every system."""
        self._clear()
        try:
            sys.stdout.flush()
            sys.stdout.buffer.write(text.encode("utf-8", "surrogatepass"))
            sys.stdout.buffer.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            # What could not be written must not be tried again at the end of the process.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            message = f"standard output cannot be written: {error.strerror or error}"
            raise NotWrittenError("stdout-not-written", message) from None

    def document(self, **members: Any) -> None:
        """The one JSON document of a `--json` run, with the problems so far."""
        found = report.in_order([*self.problems, *self.counted])
        problems = [report.problem_document(problem) for problem in found]
        document = {"version": DOCUMENT_VERSION, **members, "requests": self.requests, "problems": problems}
        self.documented = True
        self.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")

    def tell(self, text: str) -> None:
        """A line for the user on stderr."""
        self._clear()
        sys.stderr.write(report.printable(text) + "\n")

    def say(self, text: str) -> None:
        """A line for the user on stderr, unless `--quiet`."""
        if not self.quiet:
            self.tell(text)

    def remark(self, text: str) -> None:
        """A line on stderr that `--json` and `--quiet` runs do without."""
        if not self.as_json:
            self.say(text)

    def ask(self, question: str) -> str:
        """What the user answers on the terminal, without white space around it; "" at the end of the input."""
        self._clear()
        sys.stderr.write(question)
        sys.stderr.flush()
        said = sys.stdin.readline()
        if not said.endswith("\n"):
            sys.stderr.write("\n")
        return said.strip()

    def finish(self, code: ExitCode, summary: str) -> int:
        """Print the problems and the one-line summary; the exit code."""
        self._clear()
        shown = [*self.problems, *(self.counted if self.verbose else ())]
        sys.stderr.write(report.render(shown, infos=self.verbose))
        self.say(summary)
        return int(code)

    def stopped(self, error: BibtoolsError, **members: Any) -> int:
        """End early: the JSON document is still one document, and the code is the error's."""
        self.problems.append(error.problem)
        if self.as_json:
            self.document(**members)
        return self.finish(error.exit_code, _STOPPED.get(error.exit_code, "stopped: nothing was done"))

    def _clear(self) -> None:
        if self.line is not None:
            self.line.clear()


def unreadable_code(failed: Iterable[str], otherwise: ExitCode = ExitCode.DONE) -> ExitCode:
    """Exit 3 where a whole file could not be used, unless something else already asks for attention."""
    return ExitCode.UNUSABLE_FILE if any(failed) else otherwise
