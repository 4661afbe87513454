"""The three laws of who wrote an entry, for any `.bib` file: its records are made from its own entries.

1. No sequence of settings changes an entry that the user wrote.
2. Settings that are changed and changed back leave the entries that bibtools wrote as they were, field for field.
3. After a change of the records, what an entry said and no record says is still in it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import permutations

from bibtools import bibfile, citekeys, latex, names, render
from bibtools.config import Target
from bibtools.formats import dates
from bibtools.lock import Lock, LockedRecord
from bibtools.merge import comparable
from bibtools.model import EntryOptions, Field, Name, PartialDate, Record
from bibtools.plan import plan_target, verified

_HELD = re.compile(r"[^\s,{}()\"#%~\\'=@]+\Z")  # a key that every program reads

SETTINGS = {
    "as they are": {},
    "modern": {"profile": "modern"},
    "scholar": {"profile": "scholar"},
    "biblatex": {"format": "biblatex"},
    "biblatex scholar": {"format": "biblatex", "profile": "scholar"},
    "abstract": {"abstract": True},
    "one author": {"max_authors": 1},
    "fields left out": {"exclude_fields": ("howpublished", "eprint", "journal", "journaltitle", "doi", "month")},
    "month as number": {"month": "number"},
    "no month": {"month": "none", "field_order": ("title", "eprint", "year")},
    "ascii": {"encoding": "ascii", "month": "name"},
    "preprint": {"prefer": "preprint"},
}
CHANGES = {
    "title": lambda r: {"title": f"{r.title} Revisited"},
    "people": lambda r: {"authors": (*r.authors, Name(family="Newcomer", given="Nora"))},
    "date": lambda r: {"published": PartialDate(r.published.year - 1, 2, 3) if r.published else PartialDate(1999)},
    "class": lambda r: {"primary_category": "math.CO", "categories": ("math.CO",)},
    "published": lambda r: {"journal_ref": "Phys. Rev. D 101, 013039 (2020)", "dois": ("10.1103/PhysRevD.101.1",)},
    "abstract": lambda r: {"abstract": "Another abstract."},
}


def record_of(entry):
    """What a service might say of the work: by arXiv id or DOI, else a record of the entry's own."""
    number, doi = bibfile.arxiv_id(entry), bibfile.doi(entry)
    people = names.parse_bibtex(entry.get("author") or "")
    date = dates.of_fields(entry.fields)
    start = date.start if isinstance(date, dates.DateSpan) else None
    said = Record(
        id=number.record_id if number else f"doi:{doi}" if doi else f"local:{entry.key}",
        title=latex.decode(entry.get("title") or ""),
        authors=tuple(
            replace(n, family=latex.decode(n.family), given=latex.decode(n.given)) for n in people.names
        ),
        authors_complete=people.complete,
        abstract=latex.decode(entry.get("abstract") or ""),
        published=PartialDate(start.year, start.month) if start and 0 < start.year < 10_000 else None,
        primary_category="cs.LG" if number else "",
        dois=(doi,) if doi else (),
    )
    return said if number or doi else replace(said, entry=entry)


def lock_of(data):
    """A lock with the records of a file's entries, each under the key of its entry, if a lock may have it."""
    bib = bibfile.parse(bibfile.decode(data, file="refs.bib").text)
    macros = bibfile.macros(bib)
    records, keys = {}, {}
    for block in bib.entries:
        entry = bibfile.entry_of(block, bib.text, macros)
        said = record_of(entry)
        keys.setdefault(said.id, entry.key)
        records.setdefault(said.id, said)
    made = citekeys.assign(list(records.values()), {})
    return Lock(
        records={
            i: LockedRecord(key=keys[i] if _HELD.match(keys[i]) else made[i], record=said)
            for i, said in records.items()
        }
    )


def synced(held, data, said, *, prove=True):
    """One run under these settings: the plan and the lock after it."""
    target = Target(path="refs.bib", **said)
    wanted = list(held.records)
    plan = plan_target(target, held, wanted, data)
    if prove:
        plan = verified(plan, target, held, wanted)
    return plan, replace(held, targets={target.path: plan.bases})


def changed(held, change):
    """The lock after every record changed."""
    records = {
        i: replace(locked, record=replace(locked.record, **CHANGES[change](locked.record)))
        for i, locked in held.records.items()
    }
    return replace(held, records=records)


def check_users_entries_stay(data, pairs):
    """Law 1: over each pair of settings, and back."""
    held = lock_of(data)
    adopted = {}
    for one, other in pairs:
        if one not in adopted:
            adopted[one] = synced(held, data, SETTINGS[one])
        plan, after = adopted[one]
        assert plan.new == data if not plan.added else blocks_of(data) <= blocks_of(plan.new), one
        only = restricted(after, plan)
        for name in (other, one):
            again, only = synced(only, data, SETTINGS[name])
            assert not again.added, (one, other)
            assert again.new == data, (one, other)


def blocks_of(data):
    """The texts of a file's entries."""
    bib = bibfile.parse(bibfile.decode(data, file="refs.bib").text)
    return {bib.text[block.span.start : block.span.stop] for block in bib.entries}


def restricted(held, plan):
    """The lock without the records whose entries the file did not have: the rest is about the user's entries."""
    there = {i: base for i, base in plan.bases.items() if base.is_users}
    return replace(held, records={i: held.records[i] for i in there}, targets={"refs.bib": there})


def check_settings_there_and_back(data, pairs):
    """Law 2: into an empty file, under other settings, and back."""
    held = lock_of(data)
    written = {}
    for one, other in pairs:
        if one not in written:
            written[one] = synced(held, b"", SETTINGS[one])
        plan, after = written[one]
        there, after = synced(after, plan.new, SETTINGS[other])
        back, _ = synced(after, there.new, SETTINGS[one])
        assert in_any_order(back.new) == in_any_order(plan.new), (one, other)


def check_nothing_is_lost(data, change):
    """Law 3: what went from an entry of the user's, or was replaced, was the old record's word."""
    plan, held = synced(lock_of(data), data, {})
    held = restricted(held, plan)
    before = entries_of(data)
    again, _ = synced(changed(held, change), data, {})
    after = entries_of(again.new)
    assert set(after) == set(before)
    by_key = {plan.keys[i]: locked.record for i, locked in held.records.items()}
    for key, fields in before.items():
        gone = [f for f in fields if f not in after[key]]
        if gone:
            for field in gone:
                assert is_said_by(by_key[key], field), (key, field)
        assert {f.name for f in fields} == {f.name for f in after[key]}, key


def is_said_by(record, field):
    """Whether an entry's value is the record's, in whatever shape; names may be written in either order."""
    if field.name == "author":
        people = names.parse_bibtex(field.value).names
        return [latex.decode(n.natural) for n in people] == [n.natural for n in record.authors]
    return comparable(field) in said_of(record)


def said_of(record):
    """All that a record says, in whatever shape."""
    words = set()
    for format in ("bibtex", "biblatex"):
        for profile in ("classic", "modern", "scholar"):
            options = EntryOptions(format=format, profile=profile, abstract=True)
            words |= {comparable(f) for f in render.render_entry(record, "k", options).entry.fields}
    if record.published:
        words.add(str(record.published)[:4])
    return words


def entries_of(data):
    """The fields of each entry, and its type, by key; of keys that come twice the first."""
    bib = bibfile.parse(bibfile.decode(data, file="refs.bib").text)
    macros = bibfile.macros(bib)
    found = {}
    for block in bib.entries:
        entry = bibfile.entry_of(block, bib.text, macros)
        found.setdefault(entry.key, (*entry.fields, Field("entrytype", entry.entry_type)))
    return found


def in_any_order(data):
    """The fields of each entry, whatever their order; a month in the form in which the file has others."""
    return {
        key: sorted((f.name, str(comparable(f)) if f.name == "month" else f.value) for f in fields)
        for key, fields in entries_of(data).items()
    }


PAIRS = tuple(permutations(SETTINGS, 2))
