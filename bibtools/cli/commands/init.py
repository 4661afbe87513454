"""`bibtools init`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from bibtools import files
from bibtools.cli.session import Session
from bibtools.errors import ExitCode
from bibtools.workflow import hook as hooks
from bibtools.workflow import init as work
from bibtools.workflow import merge_driver as drivers
from bibtools.workflow import project as projects


def run(
    session: Session, *, sources: Sequence[str], output: str | None, hook: bool = False, merge_driver: bool = False
) -> int:
    """Write the settings for this folder, unless it is a project already; what else git is to do where asked."""
    root = (session.folder or Path.cwd()).absolute()
    present = _present(root)
    written: list[str] = []
    if present is None:
        plan = work.plan_init(root, [source.replace("\\", "/") for source in sources], output)
        session.problems.extend(plan.problems)
        written = [path.name for path in work.apply_init(plan)]
        settings_file, summary = plan.settings_file.name, f"wrote {', '.join(written)}"
        if not (session.as_json or session.quiet):
            session.write(f"# {plan.settings_file.name}\n{plan.settings}")
        for remark in plan.remarks:
            session.remark(remark)
    else:
        settings_file, summary = str(present), f"already a project: its settings are in {present}"
    code, said, next_steps = ExitCode.DONE, "", [] if present else ["bibtools lock && bibtools sync"]
    if hook:
        code, said = _add_hook(session, root, written)
        next_steps += ["pre-commit install"] if code is ExitCode.DONE else []
    if merge_driver:
        said = "; ".join(filter(None, (said, _register(session, root, written))))
    if session.as_json:
        session.document(settings_file=settings_file, written=written)
    summary += f"; {said}" if said else ""
    summary += f"; next: {' && '.join(next_steps)}" if next_steps else ""
    return session.finish(code, summary)


def _add_hook(session: Session, root: Path, written: list[str]) -> tuple[ExitCode, str]:
    """Write the hook into the configuration of pre-commit; the exit code and what to say of it."""
    plan = hooks.plan_hook(root)
    if plan.new is None:
        session.problems.extend([plan.problem] if plan.problem else [])
        if not session.as_json:
            session.write(plan.lines)
        return ExitCode.NOT_WRITTEN, f"{hooks.CONFIG} is as it was"
    if not files.write(plan.path, plan.new, name=hooks.CONFIG, expected=plan.old):
        return ExitCode.DONE, f"{hooks.CONFIG} has the hook"
    written.append(Path(os.path.relpath(plan.path, root)).as_posix())
    return ExitCode.DONE, f"hook added to {written[-1]}"


def _register(session: Session, root: Path, written: list[str]) -> str:
    """Make git ask bibtools for this project's files; what to say of it."""
    registered = drivers.register(projects.find(root, os.environ))
    session.problems.extend(registered.problems)
    written += [registered.attributes.name] if registered.attributes else []
    return f"git merges with bibtools in this clone: {drivers.ATTRIBUTES}"


def _present(root: Path) -> Path | None:
    """The settings file of this very folder, if it has one; a project further up does not count."""
    found = projects.find(root, os.environ)
    return found.settings_file if found.root == root else None
