"""Which warnings about mentions are news: what `lock` told when it wrote the lock is not told at each commit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bibtools.errors import Problem
from bibtools.lock import Lock
from bibtools.model import Mention
from bibtools.report import count
from bibtools.workflow.library import is_open, resolution_of
from bibtools.workflow.resolve import answered, is_unasked
from bibtools.workflow.status import mention_problems


@dataclass(frozen=True, slots=True, kw_only=True)
class Warnings:
    """The problems of mentions: `fresh` ones, those the lock `known` before says, and those of `unasked` mentions.

    `unresolved` counts the mentions, one per text, that were asked about and led to no record; `unasked` has those
    that nobody looked up yet, each text once; `remarks` counts what is known about mentions that are resolved.
    """

    fresh: tuple[Problem, ...] = ()
    known: tuple[Problem, ...] = ()
    lacking: tuple[Problem, ...] = ()
    unresolved: int = 0
    unasked: int = 0
    remarks: int = 0

    @property
    def summary(self) -> str:
        """What a sync's last line says of them; "" where there is nothing to say."""
        number = self.unresolved + self.unasked
        known = [f"{count(number, 'mention')} unresolved"] if number else []
        known += [count(self.remarks, "known warning")] if self.remarks else []
        if not known:
            return ""
        said = f"; {', '.join(known)}"
        if not self.unasked:
            return f"{said} (bibtools status)"
        if not (self.unresolved or self.remarks):
            return f"{said}, not looked up yet, run: bibtools lock"
        return f"{said} (bibtools status); {self.unasked:,} not looked up yet, run: bibtools lock"


def warnings(mentions: Sequence[Mention], held: Lock, before: Lock) -> Warnings:
    """The problems of the mentions after a run; `before` is the lock as it was read."""
    asked = answered(held)
    fresh: list[Problem] = []
    known: list[Problem] = []
    lacking: list[Problem] = []
    unresolved, unasked, remarks = set(), set(), 0
    for mention in mentions:
        resolution = resolution_of(mention, held)
        found = mention_problems([mention], held)
        is_unresolved = is_open(resolution, held)
        if is_unresolved and not looked_up(mention, asked):
            unasked.add(mention.digest)
            lacking += found
            continue
        if is_unresolved:
            unresolved.add(mention.digest)
        if mention.digest in before.mentions and resolution_of(mention, before) == resolution:
            known += found
            remarks += 0 if is_unresolved else len(found)
        else:
            fresh += found
    return Warnings(
        fresh=tuple(fresh),
        known=tuple(known),
        lacking=tuple(lacking),
        unresolved=len(unresolved),
        unasked=len(unasked),
        remarks=remarks,
    )


def looked_up(mention: Mention, asked: Lock) -> bool:
    """Whether the lock says of a mention what came of it; a pin whose record nobody fetched is still to be."""
    locked = asked.mentions.get(mention.digest)
    if locked is None or is_unasked(locked.resolution):
        return False
    return locked.resolution.id is None or locked.resolution.id in asked.records
