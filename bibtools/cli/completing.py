"""What the shell is offered when it completes a word; nothing heavy is imported for it."""

from __future__ import annotations


def style(incomplete: str) -> list[str]:
    """The names of styles that begin so; where none does, the shell completes files."""
    from bibtools.plugins.styles import style_names

    return [name for name in style_names() if name.startswith(incomplete)]


def key(incomplete: str) -> list[str]:
    """The keys of the lock that begin so; none where there is no lock that can be read."""
    from bibtools.cli.session import Session
    from bibtools.errors import BibtoolsError
    from bibtools.workflow.project import read_lock

    try:
        held, _ = read_lock(Session().project)
    except (BibtoolsError, OSError):
        return []
    return sorted(locked.key for locked in held.records.values() if locked.key.startswith(incomplete))
