"""What bibtools could not decide, the user decides once: in the lock, under the mention's digest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bibtools.config import Settings
from bibtools.errors import UsageError
from bibtools.identifiers import parse_arxiv
from bibtools.identify.entries import local_id
from bibtools.lock import Lock, LockedMention, excerpt
from bibtools.model import Evidence, Mention, Resolution
from bibtools.workflow.library import resolution_of, unresolved
from bibtools.workflow.naming import find_record
from bibtools.workflow.structured import with_sources

LOCAL = "local"
"""The word for keeping a mention as it is written."""
_PLACE = re.compile(r"(?P<source>.+):(?P<line>[0-9]{1,9})")


def find_mention(token: str, mentions: Sequence[Mention], held: Lock) -> Mention:
    """The mention a user names: `file:line` (any line of it), the number `status` shows, or its digest.

    UsageError (`no-such-mention`) where there is none.
    """
    if token.isdecimal() and len(token) < 16:
        open_ones = unresolved(mentions, held)
        if 1 <= int(token) <= len(open_ones):
            return open_ones[int(token) - 1]
    place = _PLACE.fullmatch(token.replace("\\", "/"))
    for mention in mentions:
        at = place and mention.source == place["source"].removeprefix("./")
        if mention.digest == token or (at and place and mention.line <= int(place["line"]) <= mention.end_line):
            return mention
    hint = "name it as file:line, by the number that bibtools status shows, or by its digest"
    raise UsageError("no-such-mention", f'no mention "{token}"', hint=hint)


def record_id(token: str, held: Lock) -> str:
    """The id of the record a user names: an arXiv id or link, a record id, or a citation key of the lock.

    UsageError (`no-such-record`) for anything else.
    """
    known = find_record(token, held)
    if known is not None:
        return known
    found = parse_arxiv(token)
    if found is None:
        hint = "give an arXiv id such as 1706.03762, a citation key, or local to keep it as it is written"
        raise UsageError("no-such-record", f'"{token}" is no arXiv id and no known record', hint=hint)
    return found.record_id


def own_record_id(mention: Mention) -> str:
    """The id of the record that a mention is by itself, kept as it is written.

    UsageError (`nothing-to-keep`) for one that says no title: there would be nothing to cite.
    """
    if mention.entry is None and not mention.title:
        hint = "write authors, title and year, or a BibTeX entry in a .bib source"
        raise UsageError("nothing-to-keep", "it gives no title to be kept as it is written", hint=hint)
    return local_id(mention)


def decided(
    held: Lock, mention: Mention, resolution: Resolution, mentions: Sequence[Mention], settings: Settings
) -> Lock:
    """The lock with the user's decision about one of the mentions; it stands until the user decides otherwise."""
    left = resolution_of(mention, held).id
    locked = LockedMention(text=excerpt(mention), resolution=resolution)
    held = replace(held, mentions={**held.mentions, mention.digest: locked})
    # What the mention's entry says is no more said of the record that it was taken for.
    is_left = mention.entry is not None and left is not None and left != resolution.id
    return with_sources(held, mentions, settings, ids=[left] if is_left and left else [])


def reconsidered(held: Lock, mentions: Sequence[Mention]) -> Lock:
    """The lock without the decision to ignore these mentions: the user asks for them again."""
    digests = {mention.digest for mention in mentions}
    kept = {d: m for d, m in held.mentions.items() if d not in digests or m.resolution.state != "ignored"}
    return held if len(kept) == len(held.mentions) else replace(held, mentions=kept)


def pinned(mention: Mention, record: str) -> Resolution:
    """The user says which record the mention is."""
    return Resolution(digest=mention.digest, state="pinned", id=record, evidence=Evidence(method="pinned"))


def ignored(mention: Mention, held: Lock) -> Resolution:
    """The user says that the mention is no paper to keep; the evidence has the record that it led to so far."""
    before = held.mentions.get(mention.digest)
    was = before.resolution.id if before is not None else None
    evidence = Evidence(method="ignored", query=was) if was is not None else None
    return Resolution(digest=mention.digest, state="ignored", evidence=evidence)
