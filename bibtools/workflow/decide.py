"""What bibtools could not decide, the user decides once: in the lock, under the mention's digest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bibtools.errors import UsageError
from bibtools.identifiers import parse_arxiv
from bibtools.lock import Lock, LockedMention, excerpt
from bibtools.model import Evidence, Mention, Resolution
from bibtools.workflow.library import unresolved
from bibtools.workflow.naming import find_record

_PLACE = re.compile(r"(?P<source>.+):(?P<line>[0-9]+)")


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
        hint = "give an arXiv id such as 1706.03762, or a citation key"
        raise UsageError("no-such-record", f'"{token}" is no arXiv id and no known record', hint=hint)
    return found.record_id


def decided(held: Lock, mention: Mention, resolution: Resolution) -> Lock:
    """The lock with the user's decision about a mention; it stands until the user decides otherwise."""
    locked = LockedMention(text=excerpt(mention), resolution=resolution)
    return replace(held, mentions={**held.mentions, mention.digest: locked})


def pinned(mention: Mention, record: str) -> Resolution:
    """The user says which record the mention is."""
    return Resolution(digest=mention.digest, state="pinned", id=record, evidence=Evidence(method="pinned"))


def ignored(mention: Mention) -> Resolution:
    """The user says that the mention is no paper to keep."""
    return Resolution(digest=mention.digest, state="ignored")
