"""`bibtools init`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bibtools.cli.session import Session
from bibtools.errors import ExitCode
from bibtools.workflow import init as work


def run(session: Session, *, sources: Sequence[str], output: str | None) -> int:
    """Write the settings for this folder, unless it is a project already."""
    root = (session.folder or Path.cwd()).absolute()
    present = _present(session, root)
    if present is not None:
        if session.as_json:
            session.document(settings_file=str(present), written=[])
        return session.finish(ExitCode.DONE, f"already a project: its settings are in {present}")
    plan = work.plan_init(root, [source.replace("\\", "/") for source in sources], output)
    session.problems.extend(plan.problems)
    written = [path.name for path in work.apply_init(plan)]
    if session.as_json:
        session.document(settings_file=plan.settings_file.name, written=written)
    else:
        session.write(f"# {plan.settings_file.name}\n{plan.settings}")
    for remark in plan.remarks:
        session.remark(remark)
    return session.finish(ExitCode.DONE, f"wrote {', '.join(written)}; next: bibtools lock && bibtools sync")


def _present(session: Session, root: Path) -> Path | None:
    """The settings file of this very folder, if it has one; a project further up does not count."""
    if session.folder is not None and not any((root / n).is_file() for n in ("bibtools.toml", "pyproject.toml")):
        return None
    found = session.project
    return found.settings_file if found.settings_file is not None and found.root == root else None
