"""`bibtools.lock`: what every mention resolved to and why, what arXiv said, and what was last rendered.

One JSON document, one member a line, made for reading in a diff and for merging: mentions stand in the order of
their digests and records in that of their citation keys, so that two branches which each add papers rarely touch
neighbouring lines. Nothing in it depends on where in a source a mention stands.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from bibtools import names
from bibtools.errors import Place, Problem, UnusableFileError, UsageError
from bibtools.model import (
    Candidate,
    Entry,
    EntryOptions,
    Evidence,
    Field,
    Mention,
    PartialDate,
    Record,
    Resolution,
)
from bibtools.shape import checked

VERSION = 1
_LATER_OPTIONS = frozenset({"month", "field_order"})
"""Options that the first version of a joint origin did not know: it leaves them out at their defaults."""

_JOINT_MEMBERS = frozenset(
    ("title", "authors", "authors_incomplete", "abstract", "version", "published", "updated", "categories",
     "primary_category", "comment", "journal_ref", "dois", "entry")
)  # fmt: skip
"""What of a record a joint origin covers."""

_NOT_RENDERED = frozenset({"retrieved", "version", "updated", "comment", "categories"})
"""What no entry shows: it may change without an entry being rendered anew."""

_EXCERPT = 72  # characters of a mention kept for the human reader of a diff


@dataclass(frozen=True, slots=True, kw_only=True)
class LockedMention:
    """A mention's resolution, and the beginning of its text for whoever reads the lock.

    `followed` is set for an entry of a target, which no source mentions.
    """

    text: str
    resolution: Resolution
    followed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LockedRecord:
    """A record with its citation key and the keys it had before."""

    key: str
    record: Record
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """What an entry was rendered from: `content` digests the record, `settings` the options.

    Of an entry that the user wrote `settings` is the shape in which the record was last compared with it. A joint
    origin, as earlier versions wrote it, is one digest over both: its `content` is empty.
    """

    content: str
    settings: str

    def __str__(self) -> str:
        """As it stands in the lock."""
        return f"{self.content}+{self.settings}" if self.content else self.settings

    @classmethod
    def parse(cls, text: str) -> Origin:
        """Read what :meth:`__str__` wrote."""
        content, _, settings = text.partition("+") if "+" in text else ("", "", text)
        return cls(content, settings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """What was last rendered for one record in one target, and from what.

    `offered` is what upstream says where that was not carried out: rendered once, so that a newer program does not
    change it. `kept` names the groups of fields that stayed against the settings alone, `removed` the fields that
    the user took out. `withheld` is None for an entry that bibtools wrote; for one that the user wrote it names
    the fields that it was never given, and `filled` those that it was.
    """

    entry: Entry
    origin: Origin
    offered: Entry | None = None
    withheld: tuple[str, ...] | None = None
    filled: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def is_users(self) -> bool:
        """Whether the user wrote the entry."""
        return self.withheld is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """All of it: mentions by digest, records by id, per target path the bases by record id.

    `generated` has the digests of the targets that are written whole, by path: what is not so any more was edited.
    """

    mentions: Mapping[str, LockedMention] = field(default_factory=dict)
    records: Mapping[str, LockedRecord] = field(default_factory=dict)
    targets: Mapping[str, Mapping[str, Base]] = field(default_factory=dict)
    generated: Mapping[str, str] = field(default_factory=dict)

    @property
    def resolutions(self) -> dict[str, Resolution]:
        """Digest → resolution."""
        return {digest: locked.resolution for digest, locked in self.mentions.items()}


def excerpt(mention: Mention) -> str:
    """The beginning of what a mention says: its title, else its abstract, else its identifiers."""
    text = mention.title or mention.abstract or ", ".join(i.value for i in mention.identifiers if i.own)
    text = " ".join(text.split())
    return text if len(text) <= _EXCERPT else text[: _EXCERPT - 1].rstrip() + "…"


def content_digest(record: Record) -> str:
    """A digest of all of a record that an entry may show; a member that is absent counts for nothing."""
    said = {name: value for name, value in _record_to_json(record).items() if name not in _NOT_RENDERED}
    return _digest(said)


def settings_digest(options: EntryOptions) -> str:
    """A digest of the options that are not at their defaults, so that a new option changes no digest."""
    usual = asdict(EntryOptions())
    return _digest({name: value for name, value in asdict(options).items() if value != usual[name]})


def works_digest(rows: Iterable[tuple[str, Record]], *others: object) -> str:
    """A digest of all that a document may show of works, each with its key, and of `others` (JSON values)."""
    works = [
        [key, {name: value for name, value in _record_to_json(record).items() if name != "retrieved"}]
        for key, record in rows
    ]
    return _digest([works, *others])


def joint_origin(record: Record, options: EntryOptions) -> Origin:
    """The origin that earlier versions gave to an entry rendered from both."""
    said = {name: value for name, value in _record_to_json(record).items() if name in _JOINT_MEMBERS}
    usual = asdict(EntryOptions())
    asked = {n: value for n, value in asdict(options).items() if n not in _LATER_OPTIONS or value != usual[n]}
    return Origin("", _digest([said, asked]))


def _digest(said: object) -> str:
    text = json.dumps(said, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


# --- render -----------------------------------------------------------------------------------------------


def render(lock: Lock) -> str:
    """The lock as text: deterministic, one member a line, newline at the end."""
    document = {
        "version": VERSION,
        "mentions": {d: _mention_to_json(lock.mentions[d]) for d in sorted(lock.mentions)},
        "records": {
            i: {"key": r.key, **_present(aliases=list(r.aliases)), **_record_to_json(r.record)}
            for i, r in _by_key(lock.records)
        },
        "targets": {path: _bases_to_json(lock.targets[path]) for path in sorted(lock.targets)},
        **_present(generated=dict(sorted(lock.generated.items()))),
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _by_key(records: Mapping[str, LockedRecord]) -> list[tuple[str, LockedRecord]]:
    return sorted(records.items(), key=lambda item: (item[1].key, item[0]))


def _present(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", [], {}, ())}


def _problem_to_json(problem: Problem) -> dict[str, Any]:
    return _present(
        severity=problem.severity, code=problem.code, message=problem.message, hint=problem.hint, key=problem.key
    )


def _mention_to_json(locked: LockedMention) -> dict[str, Any]:
    resolution = locked.resolution
    return {
        "text": locked.text,
        "state": resolution.state,
        **_present(
            id=resolution.id,
            followed=locked.followed or None,
            evidence=resolution.evidence and _present(**asdict(resolution.evidence)),
            candidates=[asdict(candidate) for candidate in resolution.candidates],
            problems=[_problem_to_json(problem) for problem in resolution.problems],
            confirmed=resolution.confirmed or None,
        ),
    }


def _date_to_json(date: PartialDate | None) -> str | None:
    return None if date is None else str(date)


def _record_to_json(record: Record) -> dict[str, Any]:
    return _present(
        title=record.title,
        authors=[names.render_stored(name) for name in record.authors],
        **({} if record.authors_complete else {"authors_incomplete": True}),
        abstract=record.abstract,
        version=record.version,
        published=_date_to_json(record.published),
        updated=_date_to_json(record.updated),
        categories=list(record.categories),
        primary_category=record.primary_category,
        comment=record.comment,
        journal_ref=record.journal_ref,
        dois=list(record.dois),
        retrieved=record.retrieved,
        entry=record.entry and _entry_to_json(record.entry),
        source=record.source and _entry_to_json(record.source),
    )


def _entry_to_json(entry: Entry) -> dict[str, Any]:
    fields = {f.name: {"macro": f.value} if f.macro else f.value for f in entry.fields}
    return {"type": entry.entry_type, "key": entry.key, "fields": fields}


def _bases_to_json(bases: Mapping[str, Base]) -> dict[str, Any]:
    ordered = sorted(bases.items(), key=lambda item: (item[1].entry.key, item[0]))
    return {i: _base_to_json(base) for i, base in ordered}


def _base_to_json(base: Base) -> dict[str, Any]:
    said: dict[str, Any] = {"origin": str(base.origin), **_entry_to_json(base.entry)}
    if base.withheld is not None:
        said["withheld"] = list(base.withheld)
    said |= _present(filled=list(base.filled), kept=list(base.kept), removed=list(base.removed))
    if base.offered is not None:
        said["offered"] = _entry_to_json(base.offered)
    return said


# --- parse ------------------------------------------------------------------------------------------------


def parse(text: str, *, file: str) -> Lock:
    """Read a lock. UsageError (`lock-newer`) for a newer format, UnusableFileError (`lock-damaged`) else."""
    try:
        document = json.loads(text)
        if "\\u" in text:
            json.dumps(document, ensure_ascii=False).encode("utf-8")  # half a surrogate pair could not be written
    except RecursionError:
        raise _damaged("not a lock: nested too deep", file) from None
    except ValueError as error:
        line = getattr(error, "lineno", None)
        raise _damaged(f"not a lock: {error}", file, line) from None
    version = document.get("version") if isinstance(document, dict) else None
    if not isinstance(version, int):
        raise _damaged("not a lock: no version", file)
    if version > VERSION:
        raise UsageError(
            "lock-newer",
            f"the lock has format {version}, this bibtools reads up to {VERSION}",
            where=Place(file=file),
            hint="upgrade bibtools",
        )
    try:
        return checked(_lock_from_json(document))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise _damaged(f"not a lock: {type(error).__name__} {error}", file) from None


def _damaged(message: str, file: str, line: int | None = None) -> UnusableFileError:
    hint = "restore it from version control, or remove it and run: bibtools lock"
    return UnusableFileError("lock-damaged", message, where=Place(file=file, line=line), hint=hint)


def _lock_from_json(document: Mapping[str, Any]) -> Lock:
    return Lock(
        mentions={
            digest: LockedMention(
                text=said["text"],
                resolution=_resolution_from_json(digest, said),
                followed=bool(said.get("followed", False)),
            )
            for digest, said in document["mentions"].items()
        },
        records={
            record_id: LockedRecord(
                key=said["key"], aliases=tuple(said.get("aliases", ())), record=_record_from_json(record_id, said)
            )
            for record_id, said in document["records"].items()
        },
        targets={
            path: {i: _base_from_json(said) for i, said in bases.items()}
            for path, bases in document["targets"].items()
        },
        generated={path: str(digest) for path, digest in document.get("generated", {}).items()},
    )


def _resolution_from_json(digest: str, said: Mapping[str, Any]) -> Resolution:
    evidence = said.get("evidence")
    if said["state"] not in ("resolved", "unresolved", "pinned", "ignored"):
        raise ValueError(f"state {said['state']!r}")
    return Resolution(
        digest=digest,
        state=said["state"],
        id=said.get("id"),
        evidence=Evidence(**evidence) if evidence else None,
        candidates=tuple(Candidate(**candidate) for candidate in said.get("candidates", ())),
        problems=tuple(Problem(**problem) for problem in said.get("problems", ())),
        confirmed=said.get("confirmed") is True,
    )


def _date_from_json(said: str | None) -> PartialDate | None:
    return None if said is None else PartialDate.parse(said)


def _record_from_json(record_id: str, said: Mapping[str, Any]) -> Record:
    return Record(
        id=record_id,
        title=said.get("title", ""),
        authors=tuple(names.parse_stored(name) for name in said.get("authors", ())),
        authors_complete=not said.get("authors_incomplete", False),
        abstract=said.get("abstract", ""),
        version=said.get("version"),
        published=_date_from_json(said.get("published")),
        updated=_date_from_json(said.get("updated")),
        categories=tuple(said.get("categories", ())),
        primary_category=said.get("primary_category", ""),
        comment=said.get("comment", ""),
        journal_ref=said.get("journal_ref", ""),
        dois=tuple(said.get("dois", ())),
        retrieved=said.get("retrieved", ""),
        entry=_entry_from_json(said["entry"]) if "entry" in said else None,
        source=_entry_from_json(said["source"]) if "source" in said else None,
    )


def _base_from_json(said: Mapping[str, Any]) -> Base:
    return Base(
        entry=_entry_from_json(said),
        origin=Origin.parse(said["origin"]),
        offered=_entry_from_json(said["offered"]) if "offered" in said else None,
        withheld=tuple(map(str, said["withheld"])) if "withheld" in said else None,
        filled=tuple(map(str, said.get("filled", ()))),
        kept=tuple(map(str, said.get("kept", ()))),
        removed=tuple(map(str, said.get("removed", ()))),
    )


def _entry_from_json(said: Mapping[str, Any]) -> Entry:
    fields = tuple(
        Field(name, value["macro"], macro=True) if isinstance(value, dict) else Field(name, value)
        for name, value in said["fields"].items()
    )
    return Entry(entry_type=said["type"], key=said["key"], fields=fields)


# --- update -----------------------------------------------------------------------------------------------


def with_resolutions(
    lock: Lock, mentions: Iterable[Mention], resolutions: Iterable[Resolution], records: Iterable[Record]
) -> Lock:
    """The lock after resolving: new answers in; mentions that left the sources out, unless the user decided them.

    Records stay, also those no mention leads to any more: an entry may still stand in a target. New records have
    no key yet (`key=""`); :func:`with_keys` gives it.
    """
    texts = {mention.digest: excerpt(mention) for mention in mentions}
    kept = {d: m for d, m in lock.mentions.items() if m.followed or m.resolution.state in ("pinned", "ignored")}
    fresh = {r.digest: LockedMention(text=texts[r.digest], resolution=r) for r in resolutions}
    return replace(lock, mentions={**kept, **fresh}, records=_with_records(lock, records))


def with_followed(
    lock: Lock, mentions: Iterable[Mention], resolutions: Iterable[Resolution], records: Iterable[Record]
) -> Lock:
    """The lock after asking for entries of targets: their records, and which of them nobody knows."""
    texts = {mention.digest: excerpt(mention) for mention in mentions}
    fresh = {r.digest: LockedMention(text=texts[r.digest], resolution=r, followed=True) for r in resolutions}
    return replace(lock, mentions={**lock.mentions, **fresh}, records=_with_records(lock, records))


def _with_records(lock: Lock, records: Iterable[Record]) -> dict[str, LockedRecord]:
    held = dict(lock.records)
    for record in records:
        before = held.get(record.id)
        held[record.id] = replace(before, record=record) if before else LockedRecord(key="", record=record)
    return held


def with_keys(lock: Lock, keys: Mapping[str, str]) -> Lock:
    """The lock with citation keys (record id → key) for the records that have none."""
    records = {i: replace(r, key=keys[i]) if not r.key else r for i, r in lock.records.items()}
    return replace(lock, records=records)
