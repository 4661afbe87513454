"""A sync that ended between writing a `.bib` and writing the lock is finished by the next one.

The lock says which entries bibtools wrote. Where a `.bib` has new entries and the lock does not know of them, they
would be taken for the user's. So what the lock is going to be lies in the user's cache until it is written.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bibtools import files, lock
from bibtools.errors import BibtoolsError
from bibtools.workflow.stamp import cache_folder

if TYPE_CHECKING:
    from bibtools.plan import TargetPlan
    from bibtools.workflow.project import Project

FOLDER = "unfinished"


@contextmanager
def noted(
    project: Project, targets: tuple[TargetPlan, ...], old: bytes | None, new: bytes, environ: Mapping[str, str]
) -> Iterator[None]:
    """Keep the lock `new` in the cache while the targets are written, if any of them gets entries.

    Where the cache cannot be used nothing is kept: then entries of a killed run count as the user's.
    """
    path = _path(project, environ)
    if any(target.added for target in targets):
        said = {
            "old": _digest(old),
            "targets": {target.path: _digest(target.new) for target in targets},
            "lock": new.decode("utf-8"),
        }
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(said), encoding="utf-8")
    yield
    with suppress(OSError):
        path.unlink(missing_ok=True)


def finished(project: Project, held: lock.Lock, old: bytes | None, environ: Mapping[str, str]) -> lock.Lock:
    """The lock with the bases of the targets that a killed or failed run wrote without coming to the lock.

    Only where the lock is as that run found it, and only for targets that are as it left them.
    """
    try:
        said = json.loads(_path(project, environ).read_text(encoding="utf-8"))
        if said["old"] != _digest(old):
            return held
        meant = lock.parse(said["lock"], file=project.relative(project.lock_path))
        written = [
            name
            for name, digest in said["targets"].items()
            if name in meant.targets and _digest(files.read_if_there(project.root / name, name=name)) == digest
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, BibtoolsError):
        return held
    return replace(held, targets={**held.targets, **{name: meant.targets[name] for name in written}})


def _digest(data: bytes | None) -> str:
    return "" if data is None else hashlib.sha256(data).hexdigest()


def _path(project: Project, environ: Mapping[str, str]) -> Path:
    root = str(files.real(project.root)).encode("utf-8", "surrogatepass")
    return Path(cache_folder(environ)) / FOLDER / hashlib.sha256(root).hexdigest()[:24]
