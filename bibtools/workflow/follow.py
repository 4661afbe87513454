"""The user's own entries in the targets that name a paper: followed as if a source mentioned it.

An entry names a paper by its arXiv id or DOI. The record of the lock with that id is the entry's; where the lock
has none, `lock` asks for it. What arXiv does not know is remembered in the lock like the answer to any mention.
Nothing here changes an entry: that the user wrote it stands in the base that a sync keeps.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from bibtools import bibfile, files, lock
from bibtools.config import Target
from bibtools.errors import BibtoolsError, Place, Problem
from bibtools.extract.paper import Lines, mention_of
from bibtools.extract.structured import paper_of
from bibtools.lock import Base, Lock
from bibtools.model import Entry, Evidence, Mention, Resolution, Span
from bibtools.report import count
from bibtools.workflow.asking import Asker
from bibtools.workflow.library import wanted
from bibtools.workflow.own_works import NO_WORKS, name_of, names_of
from bibtools.workflow.project import Project
from bibtools.workflow.resolve import put, with_keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What the user's entries in one target name, in the file's order.

    `records` has the records of the lock that they are, by id; `open` the entries with an id of which the lock has
    no record.
    """

    path: str
    records: Mapping[str, Mention] = field(default_factory=dict)
    open: tuple[Mention, ...] = ()

    def unknown(self, held: Lock) -> list[Mention]:
        """The open entries that nobody has asked about yet."""
        return [mention for mention in self.open if mention.digest not in held.mentions]


def is_users(base: Base | None) -> bool:
    """Whether the entry of a record in a target is the user's, told from what was last rendered for it there."""
    return base is None or base.is_users


def of(project: Project, held: Lock, mentions: Sequence[Mention], target: Target) -> Followed:
    """What the entries of a `.bib` target name, but for those of records that the `mentions` lead to."""
    by_sources = frozenset(wanted(mentions, held))
    known = _by_name(held)
    bases = held.targets.get(target.path, {})
    records: dict[str, Mention] = {}
    without: list[Mention] = []
    for named in _named(project, target):
        record_id = known.get(named.name)
        if record_id is None:
            without.append(named.mention(target.path))
        elif record_id not in by_sources and record_id not in records and is_users(bases.get(record_id)):
            records[record_id] = named.mention(target.path)
    return Followed(path=target.path, records=records, open=tuple(without))


def everywhere(project: Project, held: Lock, mentions: Sequence[Mention]) -> list[Followed]:
    """What is followed in each `.bib` target, the first one first."""
    targets = [target for target in project.settings.targets if target.generated is None]
    return [of(project, held, mentions, target) for target in targets]


def open_ones(project: Project, held: Lock, mentions: Sequence[Mention]) -> list[Mention]:
    """The entries of all targets with an id of which the lock has no record."""
    return [mention for each in everywhere(project, held, mentions) for mention in each.open]


def _by_name(held: Lock) -> dict[str, str]:
    """Record id or `doi:…` → id of the record that has it."""
    names = {name: i for i, locked in held.records.items() for name in names_of(locked.record)}
    return names | {record_id: record_id for record_id in held.records}


@dataclass(frozen=True, slots=True)
class _Named:
    """An entry of a target, the id under which it names its paper, its place, and the lines of the file."""

    name: str
    entry: Entry
    span: Span
    lines: Lines

    def mention(self, path: str) -> Mention:
        """The entry as a mention; most need not be one, and what they say need not be read."""
        paper = paper_of(self.entry, self.span.start, self.span.stop)
        return replace(mention_of(paper, source=path, lines=self.lines), kind="followed")


def _named(project: Project, target: Target) -> tuple[_Named, ...]:
    """The works of a target that name a paper by an id; none of a file that cannot be read."""
    try:
        data = files.read_if_there(project.root / target.path, name=target.path)
        text = bibfile.decode(data or b"", file=target.path).text
    except BibtoolsError:
        return ()  # the plan of the target tells it
    return _named_in(text)


@lru_cache(maxsize=4)  # a run asks before it has looked anything up, and after
def _named_in(text: str) -> tuple[_Named, ...]:
    bib = bibfile.parse(text)
    macros = bibfile.macros(bib)
    lines = Lines.of(text)
    entries = ((block.span, bibfile.entry_of(block, text, macros)) for block in bib.entries)
    works = ((span, entry) for span, entry in entries if entry.entry_type not in NO_WORKS)
    return tuple(_Named(name, entry, span, lines) for span, entry in works if (name := name_of(entry)))


def ask(project: Project, mentions: Sequence[Mention], held: Lock, asker: Asker, *, again: bool = False) -> Lock:
    """The lock with the records of entries that nobody has asked about yet; offline, with what it has.

    With `again` an arXiv id that was not found is asked for once more; DOIs, which may be hundreds that arXiv will
    never know, are not. ServiceError where arXiv cannot be used.
    """
    found = {mention.digest: mention for mention in open_ones(project, held, mentions)}
    kept = {d: m for d, m in held.mentions.items() if not m.followed or d in found}
    held = held if len(kept) == len(held.mentions) else replace(held, mentions=kept)
    asked = to_ask(found.values(), held, again=again)
    if asker.offline or not asked:
        return held
    return _answered(held, asked, asker, project)


def to_ask(found: Iterable[Mention], held: Lock, *, again: bool) -> list[Mention]:
    """Those of the open entries that :func:`ask` asks about."""
    rows = ((mention, held.mentions.get(mention.digest)) for mention in found)
    return [m for m, row in rows if row is None or (again and _is_tried_again(m, row.resolution))]


def forget(held: Lock) -> Lock:
    """The lock without what arXiv was asked about entries of targets, so that it is asked anew."""
    return replace(held, mentions={d: m for d, m in held.mentions.items() if not m.followed})


def _is_tried_again(mention: Mention, resolution: Resolution) -> bool:
    by_id = any(identifier.scheme == "arxiv" for identifier in mention.identifiers)
    return by_id and resolution.state == "unresolved"


def _answered(held: Lock, asked: Sequence[Mention], asker: Asker, project: Project) -> Lock:
    from bibtools.identify import identify

    known = {record_id: locked.record for record_id, locked in held.records.items()}
    identified = put(identify(asked, known=known), asker)
    resolved = {r.id: m for m, r in zip(asked, identified.resolutions, strict=True) if r.id is not None}
    left = {r.digest: r for r in identified.resolutions if r.id is None}
    fresh = lock.with_followed(held, [m for m in asked if m.digest in left], left.values(), identified.records)
    return with_keys(fresh, project, list(resolved))


def library(project: Project, held: Lock, mentions: Sequence[Mention]) -> list[str]:
    """The ids of the library's records: those the mentions lead to, then those of the first `.bib`'s entries."""
    first = project.settings.first_bib
    ids = wanted(mentions, held)
    return ids if first is None else [*ids, *of(project, held, mentions, first).records]


def places(found: Iterable[Followed]) -> dict[str, tuple[str, ...]]:
    """Record id → `file:line` of the entries that name it."""
    where: dict[str, tuple[str, ...]] = {}
    for each in found:
        for record_id, mention in each.records.items():
            where[record_id] = (*where.get(record_id, ()), f"{mention.source}:{mention.line}")
    return where


def users(held: Lock, found: Iterable[Followed]) -> frozenset[str]:
    """The ids of the records of which the user wrote an entry."""
    kept = {i for bases in held.targets.values() for i, base in bases.items() if is_users(base)}
    return frozenset(kept.union(*(each.records for each in found)))


def resolution_of(record_id: str, mention: Mention) -> Resolution:
    """That an entry is the record whose id it names."""
    by_id = any(identifier.scheme == "arxiv" for identifier in mention.identifiers)
    evidence = Evidence(method="identifier" if by_id else "doi")
    return Resolution(digest=mention.digest, state="resolved", id=record_id, evidence=evidence)


def problems(found: Sequence[Followed], held: Lock) -> list[Problem]:
    """How many entries of each target nobody has asked about: one line a target."""
    lines = []
    for each in found:
        if number := len(each.unknown(held)):
            verb = "has" if number == 1 else "have"
            message = f"{count(number, 'entry', 'entries')} {verb} an id that the lock does not know"
            where = Place(file=each.path)
            lines.append(
                Problem(
                    severity="warning",
                    code="entry-unknown",
                    message=message,
                    where=where,
                    hint="run: bibtools lock",
                )
            )
    return lines


def answers(found: Sequence[Followed], held: Lock) -> list[Problem]:
    """What `lock` found odd about the open entries, each with the place where it now stands."""
    told = []
    for mention in (mention for each in found for mention in each.open):
        locked = held.mentions.get(mention.digest)
        where = Place(file=mention.source, line=mention.line, column=1)
        key = mention.entry.key if mention.entry else None
        told += [replace(p, where=where, key=key) for p in (locked.resolution.problems if locked else ())]
    return told
