"""The options every command has, and how a command is declared with them."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import typer

from bibtools.cli.session import Session
from bibtools.errors import BibtoolsError, Problem

_COMMON: dict[str, tuple[Any, Any]] = {
    "offline": (
        Annotated[bool, typer.Option("--offline", envvar="BIBTOOLS_OFFLINE", help="Never touch the network.")],
        False,
    ),
    "as_json": (Annotated[bool, typer.Option("--json", help="Print one JSON document on stdout.")], False),
    "strict": (
        Annotated[
            bool, typer.Option("--strict", help="Exit 1 where anything is unresolved, missing or in conflict.")
        ],
        False,
    ),
    "quiet": (Annotated[bool, typer.Option("--quiet", "-q", help="Print problems only.")], False),
    "verbose": (Annotated[bool, typer.Option("--verbose", "-v", help="Print remarks too.")], False),
    "folder": (
        Annotated[
            Path | None,
            typer.Option("--project", metavar="DIR", help="The project's folder, if not this one or one above."),
        ],
        None,
    ),
}


class StoppedError(Exception):
    """Ctrl-C or a reader that went away, on its way through typer, which would give them its own exit codes."""


Body = Callable[..., int]

_MEMBERS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
"""Of each command the members of its JSON document that are lists, and the others."""


def empty(command: str | None) -> dict[str, Any]:
    """The members of a command's JSON document as they are when its run stops early; none for no command."""
    lists, others = _MEMBERS.get(command or "", ((), ()))
    return {**{member: [] for member in lists}, **dict.fromkeys(others)}


def command(
    app: typer.Typer, name: str | None = None, *, members: tuple[str, ...] = (), others: tuple[str, ...] = ()
) -> Callable[[Body], Body]:
    """Declare `body(session, …)` as a command that also takes the common options.

    Its own parameters keep their order and come first; what it returns is the exit code. `members` are the lists
    in its JSON document, `others` what else is in it: there, and empty or null, when the run stops early too.
    """

    def declare(body: Body) -> Body:
        called = name or body.__name__
        _MEMBERS[called] = members, others
        hints = get_type_hints(body, include_extras=True)
        own = [p for p in inspect.signature(body).parameters.values() if p.name != "session"]

        @wraps(body)
        def run(**values: Any) -> int:
            session = Session(**{option: values.pop(option) for option in _COMMON})
            try:
                return body(session, **values)
            except BibtoolsError as error:
                return session.stopped(error, **empty(called))
            except BrokenPipeError as stop:
                raise StoppedError from stop
            except KeyboardInterrupt as stop:
                _document(session, called, "interrupted", "interrupted")
                raise StoppedError from stop
            except Exception as error:
                _document(session, called, "bug", f"this is a bug in bibtools: {error}")
                raise

        common = [
            inspect.Parameter(option, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=default)
            for option, (annotation, default) in _COMMON.items()
        ]
        parameters = [
            p.replace(kind=inspect.Parameter.KEYWORD_ONLY, annotation=hints[p.name]) for p in own
        ] + common
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        run.__annotations__ = {p.name: p.annotation for p in parameters}
        app.command(called)(run)
        return body

    return declare


def _document(session: Session, called: str, code: str, message: str) -> None:
    """The JSON document of a run that ends in the middle, if it is to print one and has not."""
    if session.as_json and not session.documented:
        session.problems.append(Problem(severity="error", code=code, message=message))
        session.document(**empty(called))
