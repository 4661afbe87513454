"""The library: the records that the sources lead to, with their citation keys."""

from __future__ import annotations

from collections.abc import Sequence

from bibtools.lock import Lock
from bibtools.model import Mention, Record, Resolution

ARGUMENT, STDIN = "argument", "stdin.txt"
"""What stands for a source where there is no file: words of the command line, the standard input."""


def resolution_of(mention: Mention, held: Lock) -> Resolution:
    """What the lock says of a mention; unresolved where it says nothing."""
    locked = held.mentions.get(mention.digest)
    return locked.resolution if locked else Resolution(digest=mention.digest, state="unresolved")


def wanted(mentions: Sequence[Mention], held: Lock) -> list[str]:
    """The ids of the records that are mentioned, each once, in the order of first mention.

    That of an entry which nobody could be asked about yet is among them: it must not vanish meanwhile.
    """
    ids = (resolution_of(mention, held).id for mention in mentions)
    return list(dict.fromkeys(i for i in ids if i is not None and i in held.records))


def given_up(mentions: Sequence[Mention], held: Lock) -> frozenset[str]:
    """The ids of the records that ignored mentions led to before, and that no other mention leads to."""
    ignored = (m.resolution.evidence for m in held.mentions.values() if m.resolution.state == "ignored")
    ids = {evidence.query for evidence in ignored if evidence is not None and evidence.query}
    return frozenset(ids.difference(wanted(mentions, held)))


def sources_of(mentions: Sequence[Mention], held: Lock) -> dict[str, tuple[str, ...]]:
    """Record id → the sources that mention it, each once, in their order; for every record of :func:`wanted`."""
    found: dict[str, dict[str, None]] = {i: {} for i in wanted(mentions, held)}
    for mention in mentions:
        record_id = resolution_of(mention, held).id
        if record_id in found and mention.source not in (ARGUMENT, STDIN):
            found[record_id][mention.source] = None
    return {record_id: tuple(sources) for record_id, sources in found.items()}


def items(ids: Sequence[str], held: Lock) -> list[tuple[str, Record]]:
    """Citation key and record of each id, in the order of the keys."""
    pairs = [(held.records[i].key, held.records[i].record) for i in ids]
    return sorted(pairs, key=lambda pair: pair[0])


def is_open(resolution: Resolution, held: Lock) -> bool:
    """Whether a mention leads to no record yet, or to one that only stands in, and is not to be left alone."""
    if resolution.state in ("ignored", "unresolved"):
        return resolution.state == "unresolved"
    return resolution.id is None or resolution.id not in held.records


def unresolved(mentions: Sequence[Mention], held: Lock) -> list[Mention]:
    """The mentions, one per text, that nobody could decide yet, or whose record nobody has fetched."""
    open_ones = [mention for mention in mentions if is_open(resolution_of(mention, held), held)]
    return list({mention.digest: mention for mention in open_ones}.values())
