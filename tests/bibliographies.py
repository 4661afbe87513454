"""Records, locks and targets in memory, for tests of what a sync plans."""

from __future__ import annotations

from dataclasses import replace

from bibtools import bibfile
from bibtools.config import Target
from bibtools.lock import Lock, LockedRecord
from bibtools.merge import comparable
from bibtools.model import Name, PartialDate, Record
from bibtools.plan import plan_target, verified

TARGET = Target(path="refs.bib")
TITLES = (
    "Attention Is Not All You Read",
    "On the Weight of Evidence: $k$-Sparse {BERT} Models",
    "Gödel Machines & Other 100% Certain Things",
    "A Very Short History of Nothing_in_Particular",
)
PEOPLE = (
    (Name(family="Shazeer", given="Noam"), Name(family="Kramár", given="János")),
    (Name(family="With", given="Peter H. N.", particle="de"),),
    (Name(literal="Gemma Team"), Name(family="Riviere", given="Morgane")),
    tuple(Name(family=f"Author{letter}", given="A. B.") for letter in "abcdefghij"),
)


def record(number, **changes):
    """The paper of that number: a fixed one, with changes."""
    said = Record(
        id=f"arxiv:2001.0000{number}",
        title=TITLES[number % len(TITLES)],
        authors=PEOPLE[number % len(PEOPLE)],
        abstract=f"We show that {number} is a number.\n\n  Nothing else is shown.",
        version=1,
        published=PartialDate(2020, 1 + number % 12, 3),
        updated=PartialDate(2020, 1 + number % 12, 3),
        categories=("cs.LG",),
        primary_category="cs.LG",
    )
    return replace(said, **changes)


def key(number):
    return f"paper{number}"


def lock_of(*records, **keys):
    """A lock with these records; their keys by number in the id unless given as `id="key"`."""
    return Lock(
        records={r.id: LockedRecord(key=keys.get(r.id) or key(int(r.id[-1])), record=r) for r in records},
    )


def synced(held, old, *, target=TARGET, wanted=None, choices=None):
    """One run: the plan, proved, and the lock after it."""
    wanted = list(held.records) if wanted is None else wanted
    plan = verified(plan_target(target, held, wanted, old, choices), target, held, wanted)
    return plan, replace(held, targets={**held.targets, target.path: plan.bases})


def with_record(held, changed):
    """The lock after upstream changed a record."""
    return replace(held, records={**held.records, changed.id: replace(held.records[changed.id], record=changed)})


def parsed(data):
    """The entries of a file by key."""
    bib = bibfile.parse(bibfile.decode(data, file="refs.bib").text)
    macros = bibfile.macros(bib)
    return {block.key: bibfile.entry_of(block, bib.text, macros) for block in bib.entries}


def said(entry):
    """The fields of an entry in the form in which they are compared, and its type."""
    values = {f.name: comparable(f) for f in reversed(entry.fields)}
    return {"entrytype": entry.entry_type.casefold(), **{n: v for n, v in values.items() if v is not None}}
