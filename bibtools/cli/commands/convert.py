"""`bibtools convert`."""

from __future__ import annotations

import sys
from pathlib import Path

from bibtools import files, formats
from bibtools.cli.output import known, refuse_own, write
from bibtools.cli.session import Session
from bibtools.errors import ExitCode, UsageError
from bibtools.report import count
from bibtools.workflow import convert as work


def run(session: Session, *, source: str, output: Path | None, read: str | None, to: str | None) -> int:
    """Print a document in another format, or write it to a file."""
    dialect = session.project.settings.targets[0].format
    path = None if source == "-" else Path(source)
    read = known(read, formats.READABLE, "format") if read else work.format_of(path)
    if read is None:
        raise UsageError(
            "format-unknown", f"what is {source}?", hint="say it with --from, such as: --from csl-json"
        )
    to = known(to, tuple(formats.FORMATS), "format") if to else work.format_of(output, dialect=dialect)
    if to is None:
        raise UsageError("format-unknown", "into which format?", hint="say it with --to, such as: --to csl-json")
    if output is not None:
        refuse_own(session.project, output)
        if path is not None and files.real(path) == files.real(output):
            raise UsageError("output-is-input", f"{output} is what is read", hint="choose another name")
    name = source if path is None else str(path)
    data = sys.stdin.buffer.read() if path is None else files.read(path, name=name)
    made = work.convert(data, name="stdin" if path is None else name, source=read, target=to)
    session.problems.extend(made.problems)
    if made.usable and output is not None:
        write(output, made.text)
    text = made.text if made.usable and output is None else None
    if session.as_json:
        session.document(format=to, output=output and str(output), text=text)
    elif text is not None:
        session.write(text)
    if not made.usable:
        return session.finish(ExitCode.UNUSABLE_FILE, "stopped: nothing was written")
    return session.finish(ExitCode.DONE, f"{count(made.count, 'entry', 'entries')} from {read} to {to}")
