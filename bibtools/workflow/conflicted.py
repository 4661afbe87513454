"""Files that git left with conflict markers: merged here by what they say, as the merge driver would have.

Whoever has no driver merges lines, and commits what they settled. Here both sides of each marked region are put
together again and merged by entry and field; markers stay only where both sides changed one thing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from bibtools import bibfile, lock
from bibtools.errors import BibtoolsError, Place, Problem, UsageError
from bibtools.lock import Base, Lock
from bibtools.model import Entry
from bibtools.workflow import notes

if TYPE_CHECKING:  # what most runs do not need is imported where it is used
    from bibtools.bibmerge import MergedBib
    from bibtools.plan import TargetPlan

_GIT_TIMEOUT = 20  # seconds
_MARKERS = ("<<<", ">>>")


def planned(
    root: Path, name: str, old: bytes | None, bases: Mapping[str, Base], plan: Callable[[bytes | None], TargetPlan]
) -> TargetPlan:
    """The plan for a target whose bytes are `old`; where these have conflict markers, for what they come to.

    As long as a marked region is open, nothing else in the file changes, and its bases stay.
    """
    if old is None or not is_marked(old.decode("utf-8", "replace")):
        return plan(old)
    seen = merged_bib(root, name, old, bases)
    if seen.problems:
        from bibtools.plan import TargetPlan

        return TargetPlan(path=name, old=old, new=seen.data, bases=bases, keys={}, problems=seen.problems)
    return replace(plan(seen.data), old=old)


def is_marked(text: str) -> bool:
    """Whether conflict markers may stand in a text: a quick look."""
    return all(sign in text for sign in _MARKERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmarked:
    """A `.bib` file's bytes after merging its marked regions; `problems` for each that is still open."""

    data: bytes
    problems: tuple[Problem, ...] = ()


def merged_bib(root: Path, name: str, data: bytes, bases: Mapping[str, Base]) -> Unmarked:
    """The bytes of a target as they are, or, with markers in them, merged; `bases` are those of the lock.

    They stay as they are where merging once more what is left would come to something else.
    """
    text = bibfile.decode(data, file=name)
    rendered = [base.entry for base in bases.values()]
    try:
        merged = _merged(root, name, text.text, rendered)
        if merged is None:
            return Unmarked(data=data)
        open_ones = bibfile.find_conflicts(merged.text)
        again = _merged(root, name, merged.text, rendered) if open_ones else merged
        is_stable = again is not None and again.text == merged.text
        new = bibfile.encode(merged.text, like=text) if is_stable and merged.text != text.text else data
    except BibtoolsError as error:
        return Unmarked(data=data, problems=(_open(text.text, name, error.problem.message),))
    if not open_ones:
        return Unmarked(data=new)
    keys = ", ".join(dict.fromkeys(each.key for each in merged.conflicts if each.key))
    why = f"both sides changed: {keys}" if keys else "both sides changed the same text"
    return Unmarked(data=new, problems=(_open(merged.text if is_stable else text.text, name, why),))


def _merged(root: Path, name: str, text: str, rendered: Sequence[Entry]) -> MergedBib | None:
    """A marked text merged once; None for one without markers."""
    from bibtools import bibmerge

    sides = bibmerge.unmarked(text)
    if sides is None:
        return None
    base = sides.base if sides.base is not None else _ancestor_text(root, name)
    if base is not None:
        return bibmerge.merge(base, sides.ours, sides.theirs, marker_size=sides.size, with_base=True)
    return bibmerge.merge(bibmerge.likely_base(sides, rendered), sides.ours, sides.theirs, marker_size=sides.size)


def _open(text: str, name: str, why: str) -> Problem:
    found = bibfile.find_conflicts(text)
    place = bibfile.parse(text).place(found[0].span.start) if found else Place()
    return Problem(
        severity="error",
        code="bib-conflict-markers",
        message=f"conflict markers of a merge stand in the file; {why}",
        where=Place(file=name, line=place.line, column=place.column),
        hint="keep what is right between the markers, then run this again; until then the file is not updated",
    )


def read_lock(root: Path, name: str, text: str) -> Lock:
    """A lock, also one with markers in it.

    UsageError (`lock-conflict`) where the two sides decided differently about a mention; else as `lock.parse`.
    """
    if not is_marked(text):
        return lock.parse(text, file=name)
    from bibtools import bibmerge, lockmerge

    sides = bibmerge.unmarked(text)
    if sides is None:
        return lock.parse(text, file=name)
    base = sides.base if sides.base is not None else _ancestor_text(root, name)
    held = [_parse_side(side, name) for side in (sides.ours, sides.theirs)]
    try:
        ancestor = _parse_side(base, name) if base else Lock()
    except BibtoolsError:
        ancestor = Lock()
    merged = lockmerge.merge(ancestor, *held)
    if merged.conflicts:
        problem = next(each for each in merged.problems if each.code == "lock-conflict")
        line = text.count("\n", 0, bibfile.find_conflicts(text)[0].span.start) + 1
        where = Place(file=name, line=line)
        raise UsageError("lock-conflict", problem.message, where=where, hint=problem.hint)
    return merged.lock


_DANGLING = re.compile(r",(?=\s*\n\s*[}\]])")
_MISSING = re.compile(r"(?<=[\w\"}\]])(\n\s*\")")


def _parse_side(text: str, name: str) -> Lock:
    """One side of a lock: a merge of lines may leave a comma too many or too few, as every member has its line."""
    text = text.replace("\r\n", "\n")
    try:
        json.loads(text)
    except ValueError:
        text = _MISSING.sub(r",\1", _DANGLING.sub("", text))
    return lock.parse(text, file=name)


# --- what add wrote to --------------------------------------------------------------------------------------


def noted(root: Path, name: str, data: bytes) -> bytes | None:
    """The file that `add` writes to with the papers of both sides; None where no markers are or they must stay."""
    if b"<<<" not in data:
        return None
    text = notes.settled(data.decode("utf-8", "surrogateescape"), lambda: _ancestor_text(root, name))
    return None if text is None else text.encode("utf-8", "surrogateescape")


# --- what git keeps -----------------------------------------------------------------------------------------


def made_by_git(
    root: Path, name: str, lock_name: str, data: bytes, is_of: Callable[[str | None, bytes], bool]
) -> bool:
    """Whether a generated file's bytes are what a merge of lines made of generated ones, and nobody's edits.

    Conflict markers say so; else both sides of the merge under way, or of the last commit, must be what their
    locks say was generated, and the file what git made of them. `is_of` compares a lock's digest with bytes.
    """
    if bibfile.find_conflicts(data.decode("utf-8", "replace")):
        return True
    if _git(root, "rev-parse", "--quiet", "--verify", "MERGE_HEAD") is not None:
        sides, against = ["HEAD", "MERGE_HEAD"], []
    else:
        line = (_git(root, "rev-list", "--parents", "--max-count=1", "HEAD") or b"").decode("ascii", "replace")
        sides, against = line.split()[1:], ["HEAD"]
    if len(sides) < 2 or _git(root, "diff", "--quiet", *against, "--", name) is None:
        return False
    return all(_was_generated(root, side, name, lock_name, is_of) for side in sides)


def _was_generated(
    root: Path, side: str, name: str, lock_name: str, is_of: Callable[[str | None, bytes], bool]
) -> bool:
    data = _git(root, "show", f"{side}:./{name}")
    if data is None:
        return True  # there was none yet
    try:
        held = lock.parse((_git(root, "show", f"{side}:./{lock_name}") or b"").decode("utf-8"), file=lock_name)
    except (BibtoolsError, UnicodeDecodeError):
        return False
    return is_of(held.generated.get(name), data)


def _ancestor_text(root: Path, name: str) -> str | None:
    """The common ancestor that git keeps as long as the merge is not committed; None where it keeps none."""
    try:
        data = _git(root, "show", f":1:./{name}")
        return None if data is None else data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _git(root: Path, *arguments: str) -> bytes | None:
    """What git prints; None where it fails or cannot be run."""
    import subprocess

    try:
        done = subprocess.run(  # noqa: S603
            ["git", "-C", str(root), *arguments],  # noqa: S607  (which git is the user's choice)
            capture_output=True,
            timeout=_GIT_TIMEOUT,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout if done.returncode == 0 else None
