"""The options every command has, and how a command is declared with them."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Annotated, Any, get_type_hints

import typer

from bibtools.cli.session import Session
from bibtools.errors import BibtoolsError

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


def command(app: typer.Typer, name: str | None = None, *, members: tuple[str, ...] = ()) -> Callable[[Body], Body]:
    """Declare `body(session, …)` as a command that also takes the common options.

    Its own parameters keep their order and come first; what it returns is the exit code. `members` are the lists
    in its JSON document, there and empty when the run stops early too.
    """

    def declare(body: Body) -> Body:
        hints = get_type_hints(body, include_extras=True)
        own = [p for p in inspect.signature(body).parameters.values() if p.name != "session"]

        @wraps(body)
        def run(**values: Any) -> int:
            session = Session(**{option: values.pop(option) for option in _COMMON})
            try:
                return body(session, **values)
            except BibtoolsError as error:
                return session.stopped(error, **{member: [] for member in members})
            except (KeyboardInterrupt, BrokenPipeError) as stop:
                raise StoppedError from stop

        common = [
            inspect.Parameter(option, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=default)
            for option, (annotation, default) in _COMMON.items()
        ]
        parameters = [
            p.replace(kind=inspect.Parameter.KEYWORD_ONLY, annotation=hints[p.name]) for p in own
        ] + common
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        run.__annotations__ = {p.name: p.annotation for p in parameters}
        app.command(name or body.__name__)(run)
        return body

    return declare
