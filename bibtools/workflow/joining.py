"""Two records that are found to be one: an entry that stood for itself turns out to be a paper a service knows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from bibtools.extract.digests import letters
from bibtools.identify.entries import local_id
from bibtools.lock import Base, Lock, LockedMention, LockedRecord
from bibtools.model import Evidence, Mention, Resolution


def joined(
    held: Lock, digests: Iterable[str], mentions: Mapping[str, Mention], before: Mapping[str, Resolution]
) -> Lock:
    """The lock in which the mentions `digests` have left no record of their own behind that they were before.

    `mentions` are all that there are and `before` the resolutions as they were, by digest. The record that an
    entry stood for itself as is joined to the one it is now, unless others lead there that may be another paper.
    """
    for mention in [mentions[digest] for digest in digests]:
        now = held.mentions[mention.digest].resolution
        was = before.get(mention.digest)
        names = [was.id] if was is not None and was.id is not None else []
        names += [local_id(mention)] if mention.entry is not None else []
        for old in dict.fromkeys(names):
            if now.id is not None and now.id != old and _may_join(held, mention, now, old, mentions):
                held = _join(held, old, now.id)
    return held


def _may_join(held: Lock, mention: Mention, now: Resolution, old: str, mentions: Mapping[str, Mention]) -> bool:
    """Whether the record `old` is the mention's own, or all who lead there mean the same paper.

    One DOI may stand in the entries of two papers, wrong in one of them: others come along only if they have the
    same title, or the user pinned them to the record.
    """
    locked = held.records.get(old)
    if locked is None or locked.record.retrieved or now.id not in held.records:
        return False
    if old == f"local:{mention.digest}":
        return True
    title = letters(mention.title or "")
    others = [d for d, one in held.mentions.items() if one.resolution.id == old]
    if others and any(problem.code == "contradicted" for problem in now.problems):
        return False
    return all(
        held.mentions[other].resolution.state == "pinned"
        or (other in mentions and title and letters(mentions[other].title or "") == title)
        for other in others
    )


def _join(held: Lock, old: str, new: str) -> Lock:
    """The lock without the record `old`: mentions, pins, bases, key and earlier keys are those of `new`.

    The key that was written first stays: that of `new` if it stands in a target already, else that of `old`.
    """
    written = any(new in bases for bases in held.targets.values())
    records = {i: locked for i, locked in held.records.items() if i != old}
    records[new] = _with_keys(records[new], held.records[old], written=written)
    targets = {path: _moved(bases, old, new) for path, bases in held.targets.items()}
    mentions = {digest: _leading(locked, old, new) for digest, locked in held.mentions.items()}
    return replace(held, mentions=mentions, records=records, targets=targets)


def _with_keys(to: LockedRecord, come: LockedRecord, *, written: bool) -> LockedRecord:
    key = to.key if written and to.key else come.key or to.key
    aliases = dict.fromkeys((*to.aliases, *come.aliases, to.key, come.key))
    return replace(to, key=key, aliases=tuple(alias for alias in aliases if alias and alias != key))


def _moved(bases: Mapping[str, Base], old: str, new: str) -> Mapping[str, Base]:
    """The bases of a target; of two the one that was there under the new id, the other entry is the user's."""
    if old not in bases:
        return bases
    return {new if i == old else i: base for i, base in bases.items() if not (i == old and new in bases)}


def _leading(locked: LockedMention, old: str, new: str) -> LockedMention:
    resolution = locked.resolution
    if resolution.id != old:
        return locked
    if resolution.state == "resolved":  # what was said of an entry that stood for itself is true no more
        resolution = Resolution(digest=resolution.digest, state="resolved", evidence=Evidence(method="same-text"))
    return replace(locked, resolution=replace(resolution, id=new))
