"""Entries without an identifier, added as they are written: the user's own, in the first `.bib`, in no lock."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bibtools import bibfile, citekeys, files, formats
from bibtools.bibfile import BibFile
from bibtools.config import Target
from bibtools.errors import Place, Problem, UsageError
from bibtools.extract.paper import Lines
from bibtools.identify.entries import local_record
from bibtools.lock import Lock
from bibtools.merge import same_entry
from bibtools.model import Entry, Field, Mention
from bibtools.workflow import conflicted, pasted
from bibtools.workflow.project import Project
from bibtools.workflow.standing import in_use

_NAMING = ("crossref", "xref", "xdata")
"""Fields that name other entries by their keys."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """An entry of the user's, `entry` as it stands in the file; `new` is false where it stood there before."""

    mention: Mention
    entry: Entry
    new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Inserted:
    """What adding entries to a file comes to, before it is written. `old` is None for a file that is not there."""

    path: Path
    name: str
    old: bytes | None
    new: bytes
    entries: tuple[Own, ...]
    problems: tuple[Problem, ...]


def inserted(
    project: Project,
    held: Lock,
    mentions: Sequence[Mention],
    *,
    stdin: Callable[[], bytes],
    key: str | None = None,
) -> Inserted | None:
    """The first `.bib` with the entries of these mentions; None where there is no `.bib` among the targets.

    An entry that stands in it already, under whatever key, is not added again; one whose key is taken gets another
    (`key-changed`), with `key` the only one gets that. UsageError (`bib-conflict-markers`) for a file that git
    left in conflict; UnusableFileError for one that cannot be edited.
    """
    target = project.settings.first_bib
    if target is None:
        return None
    path = project.root / target.path
    old = files.read_if_there(path, name=target.path)
    text = bibfile.decode(old or b"", file=target.path)
    if conflicted.is_marked(text.text):
        hint = "run: bibtools sync, and settle what it leaves"
        raise UsageError("bib-conflict-markers", "conflict markers", where=Place(file=target.path), hint=hint)
    bib = bibfile.parse(text.text)
    written = _as_written(project, target, bib, mentions, stdin)
    standing = [bibfile.entry_of(block, bib.text, bibfile.macros(bib)) for block in bib.entries]
    rows, problems = _keyed(project, held, target, standing, list(zip(mentions, written, strict=True)), key)
    new = [row.entry for row in rows if row.new]
    # BibTeX finds the entry that a `crossref` names only behind the one that names it: as they were given.
    sort = "none" if any(entry.get("crossref") for entry in new) else target.sort
    edits = bibfile.insert_entries(bib, new, bibfile.measure(bib), sort) if new else ()
    data = bibfile.encode(bibfile.apply(bib.text, edits), like=text)
    return Inserted(path=path, name=target.path, old=old, new=data, entries=tuple(rows), problems=tuple(problems))


def _as_written(
    project: Project, target: Target, bib: BibFile, mentions: Sequence[Mention], stdin: Callable[[], bytes]
) -> list[Entry]:
    """The entries: those of BibTeX as they are but for macros the file lacks, others in the file's dialect."""
    ours = bibfile.macros(bib)
    theirs = {source: _read(project, source, stdin) for source in {m.source for m in mentions} if _is_bib(source)}
    entries = []
    for mention in mentions:
        assert mention.entry is not None
        if mention.source in theirs:
            read = theirs[mention.source]
            entry = read.entries[mention.line, mention.entry.key]
            fields = tuple(_expanded(field, read.macros, ours) for field in entry.fields)
            entries.append(replace(entry, fields=fields))
        else:
            entries.append(_in_dialect(mention.entry, target))
    return entries


def _is_bib(source: str) -> bool:
    return source.lower().endswith(".bib")


@dataclass(frozen=True, slots=True)
class _Read:
    """The macros of a file, and its entries with them, by line and key."""

    macros: Mapping[str, str]
    entries: Mapping[tuple[int, str], Entry]


def _read(project: Project, source: str, stdin: Callable[[], bytes]) -> _Read:
    data = stdin() if source == pasted.BIB else files.read(project.root / source, name=source)
    bib = bibfile.parse(bibfile.decode(data, file=source).text)
    macros, lines = bibfile.macros(bib), Lines.of(bib.text)
    entries = [
        (lines.number(block.span.start), bibfile.entry_of(block, bib.text, macros)) for block in bib.entries
    ]
    return _Read(macros, {(line, entry.key): entry for line, entry in entries})


def _expanded(field: Field, theirs: Mapping[str, str], ours: Mapping[str, str]) -> Field:
    """A macro as its text, unless it means the same in our file."""
    name = field.value.lower()
    if not field.macro or name not in theirs or ours.get(name) == theirs[name]:
        return field
    return Field(field.name, theirs[name])


def _in_dialect(entry: Entry, target: Target) -> Entry:
    text = formats.render([formats.Item(entry=replace(entry, key="x"))], target.format).text
    bib = bibfile.parse(text)
    return replace(bibfile.entry_of(bib.entries[0], text), key=entry.key)


def _keyed(
    project: Project,
    held: Lock,
    target: Target,
    standing: Sequence[Entry],
    given: Sequence[tuple[Mention, Entry]],
    key: str | None,
) -> tuple[list[Own], list[Problem]]:
    """The entries under keys that are free, and what to tell of those that were not."""
    known = in_use(project, held)
    rows: list[Own] = []
    renamed: dict[tuple[str, str], str] = {}
    problems: list[Problem] = []
    for mention, entry in given:
        there = next((one for one in standing if same_entry(one, entry)), None)
        wanted = entry.key
        if there is None:
            entry = replace(entry, key=key or _free(project, mention, entry, known))
            known.add(entry.key.casefold())
            standing = [*standing, entry]
        rows.append(Own(mention=mention, entry=there or entry, new=there is None))
        if not wanted:
            continue
        if rows[-1].entry.key != wanted:
            renamed[mention.source, wanted] = rows[-1].entry.key
        if there is None and key is None and entry.key != wanted:
            problems.append(_changed(target, wanted, entry.key))
    return [replace(row, entry=_following(row, renamed)) if row.new else row for row in rows], problems


def _free(project: Project, mention: Mention, entry: Entry, known: Iterable[str]) -> str:
    """The entry's own key, or one after the project's pattern where that is taken or cannot be written."""
    if is_key(entry.key) and entry.key.casefold() not in known:
        return entry.key
    record = local_record(replace(mention, entry=entry))
    return citekeys.assign([record], dict.fromkeys(known, ""), project.settings.citation_key)[record.id]


def is_key(text: str) -> bool:
    """Whether a text can be a citation key in any `.bib`."""
    from bibtools.bibfile.scanner import is_citation_key

    return bool(text) and is_citation_key(text) and not any(sign.isspace() for sign in text)


def _changed(target: Target, wanted: str, key: str) -> Problem:
    message = (
        f'the key "{wanted}" is taken, the entry is added as "{key}"'
        if is_key(wanted)
        else (f'"{wanted}" cannot be a citation key, the entry is added as "{key}"')
    )
    return Problem(severity="warning", code="key-changed", message=message, where=Place(file=target.path), key=key)


def _following(row: Own, renamed: Mapping[tuple[str, str], str]) -> Entry:
    """The entry with the new keys in the fields that name others of its source."""

    def follow(field: Field) -> Field:
        if field.name not in _NAMING or field.macro:
            return field
        keys = [part.strip() for part in field.value.split(",")]
        meant = [renamed.get((row.mention.source, one), one) for one in keys]
        return field if meant == keys else replace(field, value=",".join(meant))

    return replace(row.entry, fields=tuple(map(follow, row.entry.fields)))
