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

if TYPE_CHECKING:  # what most runs do not need is imported where it is used
    from bibtools.bibmerge import MergedBib
    from bibtools.plan import TargetPlan

_GIT_TIMEOUT = 20  # seconds
_MARKERS = ("<<<<<<<", ">>>>>>>")


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
        return bibmerge.merge(base, sides.ours, sides.theirs, with_base=True)
    return bibmerge.merge(bibmerge.likely_base(sides, rendered), sides.ours, sides.theirs)


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


def _ancestor_text(root: Path, name: str) -> str | None:
    """The common ancestor that git keeps as long as the merge is not committed; None where it keeps none."""
    import subprocess

    try:
        done = subprocess.run(  # noqa: S603
            ["git", "-C", str(root), "show", f":1:./{name}"],  # noqa: S607  (which git is the user's choice)
            capture_output=True,
            timeout=_GIT_TIMEOUT,
            check=False,
        )
        return done.stdout.decode("utf-8") if done.returncode == 0 else None
    except (OSError, subprocess.SubprocessError, UnicodeDecodeError):
        return None
