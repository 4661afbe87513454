"""What git asks when both sides of a merge changed a `.bib` file or the lock, and how git learns to ask.

Whatever goes wrong, git's own merge of lines stands in: nobody is worse off with the driver than without it.
See gitattributes(5), "Defining a custom merge driver", for what git gives to a driver and expects of it.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bibtools import bibfile, bibmerge, files, lock, lockmerge
from bibtools.config import GENERATED
from bibtools.errors import BibtoolsError, NotWrittenError, Place, Problem, UnusableFileError, UsageError
from bibtools.workflow.project import Project

DRIVER_NAME = "bibtools"
_DRIVER = "bibtools merge-driver %O %A %B %P --marker-size %L"
_WITHOUT = "git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B"
DRIVER = f"if command -v bibtools >/dev/null 2>&1; then {_DRIVER}; else {_WITHOUT}; fi"
"""The driver as git calls it; where bibtools is not at hand, git's own merge leaves its markers."""

ATTRIBUTES = ".gitattributes"
UNION = "union"
"""Git's own driver that keeps the lines of both sides: right for a list with a paper a line."""

_LOCK_BEGINS = re.compile(rb'\s*\{\s*"version"\s*:\s*\d+\s*,\s*"mentions"')
_GLOB_SIGNS = re.compile(r"([\\*?\[\]])")
_GIT_TIMEOUT = 60  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Driven:
    """What the driver left in OURS: how many conflicts there are, and what to tell the user."""

    conflicts: int
    problems: tuple[Problem, ...] = ()
    fell_back: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Result:
    data: bytes
    conflicts: int
    problems: tuple[Problem, ...] = ()


def drive(base: Path, ours: Path, theirs: Path, *, name: str, marker_size: int = bibmerge.MARKER_SIZE) -> Driven:
    """Merge three files into `ours`; `name` is the path that the user knows it by.

    After any fault of its own `ours` has what `git merge-file` makes of it, and the conflict stays.
    """
    try:
        data = [files.read(path, name=name) for path in (base, ours, theirs)]
        merged = _unread(*data) or _read(*data, name=name, size=marker_size)
        files.write(ours, merged.data, name=name, expected=data[1])
    except NotWrittenError as error:
        return Driven(conflicts=1, problems=(error.problem,))
    except Exception as error:  # a driver that ends early would leave our side alone, as if nothing else had been
        _merge_lines(base, ours, theirs, marker_size)
        return Driven(conflicts=1, problems=(_fault(error, name),), fell_back=True)
    return Driven(conflicts=merged.conflicts, problems=merged.problems)


def _unread(base: bytes, ours: bytes, theirs: bytes) -> _Result | None:
    """What needs no reading: only one side changed, or both did the same.

    So it is when git replays a resolution that it recorded (git-rerere(1)): base and ours both have the markers.
    """
    if theirs in (base, ours):
        return _Result(data=ours, conflicts=0)
    return _Result(data=theirs, conflicts=0) if ours == base else None


def _read(base: bytes, ours: bytes, theirs: bytes, *, name: str, size: int) -> _Result:
    if _is_lock(name, (base, ours, theirs)):
        return _merged_lock(base, ours, theirs, name=name, size=size)
    if name.lower().endswith(tuple(GENERATED)):
        return _Result(data=ours, conflicts=0, problems=(_made_anew(name),))
    return _merged_bib(base, ours, theirs, name=name, size=size)


def _made_anew(name: str) -> Problem:
    return Problem(
        severity="info",
        code="merge-generated",
        message="is generated whole: it stays as it is here",
        where=Place(file=name),
        hint="to make it anew from both sides: bibtools sync",
    )


def _is_lock(name: str, data: Sequence[bytes]) -> bool:
    """Whether the files are locks: by name, else by how they begin."""
    if name.lower().endswith(".bib"):
        return False
    return name.lower().endswith(".lock") or any(_LOCK_BEGINS.match(each) for each in data)


def _merged_bib(base: bytes, ours: bytes, theirs: bytes, *, name: str, size: int) -> _Result:
    if any(b"\0" in each for each in (base, ours, theirs)):
        raise UnusableFileError("bib-binary", "not a text", where=Place(file=name))
    texts = [bibfile.decode(each, file=name) for each in (base, ours, theirs)]
    if any(bibfile.find_conflicts(each.text) for each in texts):
        raise UsageError("bib-conflict-markers", "conflict markers of another merge stand in the file")
    merged = bibmerge.merge(*(each.text for each in texts), marker_size=size)
    data = bibfile.encode(merged.text, like=texts[1])
    problems = tuple(_conflict(each, name) for each in merged.conflicts)
    return _Result(data=data, conflicts=len(merged.conflicts), problems=problems)


_MESSAGES = {
    "field": "{field} was changed on both sides",
    "key": "its citation key was changed on both sides, or to one that is another entry's",
    "removed": "one side removed it, the other changed it",
    "two-papers": "the key is one paper on one side and another on the other",
    "text": "a part outside of the entries was changed on both sides",
}


def _conflict(conflict: bibmerge.BibConflict, name: str) -> Problem:
    message = _MESSAGES[conflict.kind].format(field=conflict.field)
    return Problem(
        severity="warning",
        code="merge-conflict",
        message=f"{conflict.key}: {message}" if conflict.key else message,
        where=Place(file=name),
        hint="keep what is right between the markers, then: git add",
        key=conflict.key or None,
    )


def _merged_lock(base: bytes, ours: bytes, theirs: bytes, *, name: str, size: int) -> _Result:
    """An empty base is that of a lock which both sides began."""
    read = [lock.parse(d.decode("utf-8"), file=name) if d.strip() else lock.Lock() for d in (base, ours, theirs)]
    merged = lockmerge.merge(*read)
    text = lock.render(merged.lock)
    if merged.conflicts:
        text = bibmerge.marked(text, lock.render(merged.theirs), size=size, whole=False)
    problems = tuple(problem.at(Place(file=name)) for problem in merged.problems)
    return _Result(data=text.encode("utf-8"), conflicts=len(merged.conflicts), problems=problems)


def _merge_lines(base: Path, ours: Path, theirs: Path, marker_size: int) -> None:
    """Git's own merge, written into `ours`. Without git, or for binary files, ours stays as it is."""
    command = ["git", "merge-file", f"--marker-size={marker_size}", "-L", "ours", "-L", "base", "-L", "theirs"]
    try:
        subprocess.run(  # noqa: S603  (arguments are a list, and the program is git)
            [*command, "--", str(ours), str(base), str(theirs)],
            capture_output=True,
            timeout=_GIT_TIMEOUT,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return


def _fault(error: Exception, name: str) -> Problem:
    said = error.problem.message if isinstance(error, BibtoolsError) else f"{type(error).__name__}: {error}"
    return Problem(
        severity="warning",
        code="merge-by-lines",
        message=f"left to git, which merges lines: {said}",
        where=Place(file=name),
        hint="settle what stands between markers, then: git add",
    )


# --- telling git ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """What `register` did: the attributes file it wrote (None: nothing to write), and what is odd."""

    attributes: Path | None
    problems: tuple[Problem, ...] = ()


def register(project: Project) -> Registration:
    """Make git ask bibtools for this project's files: the driver in `.git/config`, the files in `.gitattributes`.

    The first is of this clone alone; the second is for everybody, and does nothing where the driver is unknown.
    UsageError (`no-repository`) outside of a git repository.
    """
    root = project.root
    name = "merge of bibliographies by entry and field (bibtools)"
    for key, value in (("name", name), ("driver", DRIVER)):
        _git(root, "config", "--local", f"merge.{DRIVER_NAME}.{key}", value)
    path = root / ATTRIBUTES
    old = files.read_if_there(path, name=path.name)
    settings = project.settings
    written = [target.path for target in settings.targets if target.generated is not None] + [settings.lock]
    text = (old or b"").decode("utf-8", "surrogateescape")
    problems: list[Problem] = []
    for driver, patterns in ((DRIVER_NAME, ["*.bib", *_patterns(written)]), (UNION, _patterns([settings.add_to]))):
        text, others = with_attributes(text, patterns, driver)
        problems += [_other_driver(pattern, driver, path.name) for pattern in others]
    new = text.encode("utf-8", "surrogateescape")
    changed = bool(new) and files.write(path, new, name=path.name, expected=old)
    return Registration(attributes=path if changed else None, problems=tuple(problems))


def _patterns(paths: Sequence[str]) -> list[str]:
    """The patterns of files by their paths in the project; none for what lies outside of it."""
    inside = [path for path in paths if not path.startswith(("/", "../"))]
    return ["/" + _GLOB_SIGNS.sub(r"\\\1", path) for path in inside]


def with_attributes(text: str, patterns: Sequence[str], driver: str = DRIVER_NAME) -> tuple[str, list[str]]:
    r"""The text of a `.gitattributes` with a driver for each pattern, and the patterns that have another one.

    >>> with_attributes("*.bib text\n", ["*.bib"])
    ('*.bib text\n*.bib merge=bibtools\n', [])
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    others = []
    for pattern in patterns:
        said = _quoted(pattern) if any(sign in pattern for sign in ' "\t') else pattern
        lines = [
            line.strip()
            for line in text.splitlines()
            if f"{line.strip()} ".replace("\t", " ").startswith(f"{said} ")
        ]
        attributes = [word for line in lines for word in line.removeprefix(said).split()]
        drivers = [word for word in attributes if word.lstrip("-!").partition("=")[0] == "merge"]
        if drivers and drivers[-1] != f"merge={driver}":
            others.append(pattern)
        elif not drivers:
            end = "" if not text or text.endswith("\n") else newline
            text += f"{end}{said} merge={driver}{newline}"
    return text, others


def _quoted(pattern: str) -> str:
    """A pattern in quotes, in which a backslash is written twice (gitattributes(5), "in C-style")."""
    return '"' + pattern.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t") + '"'


def _other_driver(pattern: str, driver: str, name: str) -> Problem:
    return Problem(
        severity="warning",
        code="other-merge-driver",
        message=f'"{pattern}" has another merge attribute, which stays',
        where=Place(file=name),
        hint=f"to merge without conflicts, write there: {pattern} merge={driver}",
    )


def _git(root: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603
            ["git", "-C", str(root), *arguments],  # noqa: S607  (which git is the user's choice)
            capture_output=True,
            timeout=_GIT_TIMEOUT,
            check=False,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise UsageError("no-git", f"git cannot be run: {error}", hint="install git first") from None
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise UsageError("no-repository", f"git: {said}", hint="make the folder a repository with: git init")
    return done.stdout.decode("utf-8", "replace")
