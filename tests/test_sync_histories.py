"""The laws of keeping a file current, over whole histories: the user, upstream and the settings take turns.

A small model in plain dictionaries knows what must stand in the file after each run; the file itself is changed as
a user changes it, as text. Fields that stand alone are followed exactly; those that change in groups (date, arXiv
id, place) must be the new rendering while the user touched none of them, and else keep what the user wrote.
"""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bibtools import bibfile, lock, render
from bibtools.lock import LockedRecord
from bibtools.merge import comparable
from bibtools.model import Field, PartialDate
from bibtools.plan import Choices, Preference, plan_target
from tests.bibliographies import TARGET, key, lock_of, parsed, record, said, synced

NUMBERS = (1, 2, 3, 4)
FOREIGN = """% my own list
@string{ jml = "Journal of Machine Learning" }

@Article{knuth84, AUTHOR="Donald E. Knuth",  title   = "Literate   Programming",
    year=1984, journal = jml }

Text between entries is a comment too.
@comment{jabref-meta: databaseType:bibtex;}
"""
VALUES = ("My own words", "{Braced} \\& more", "Naïve Größe", "2019", "with, comma = sign @ and % percent")
TITLES = ("Another Title", "The {Title}, Revised", "Title with $x^2$ & ampersand")
FIELDS = ("title", "author", "year", "note", "howpublished", "abstract")
OPTIONS = (
    {},
    {"profile": "modern"},
    {"profile": "scholar"},
    {"format": "biblatex"},
    {"abstract": True},
    {"max_authors": 1},
    {"exclude_fields": ("howpublished", "primaryclass")},
    {"month": "number"},
    {"month": "none", "field_order": ("title", "eprint")},
    {"encoding": "ascii", "month": "name"},
)
numbers = st.sampled_from(NUMBERS)
ALONE = ("title", "author", "abstract", "note")
ESSENTIAL = ("title", "author")


class History:
    """`base`, `ours` are the model: number → field → value as compared, None or absent for no such field."""

    def __init__(self, pick):
        self.pick = pick
        foreign = pick(["", FOREIGN, FOREIGN.replace("\n", "\r\n"), "\ufeff" + FOREIGN])
        self.text = foreign
        self.foreign = re.findall(r"\S+", foreign)
        self.held = lock_of(*map(record, NUMBERS[:3]))
        self.target = TARGET
        self.base, self.ours, self.keys, self.open = {}, {}, {}, {}
        self.kept, self.removed, self.rendered, self.touched = {}, {}, {}, {}
        self.published = set()
        self.seen = (None, {})  # settings and records of the last run
        self.known, self.deleted = {}, set()
        self.run(None)

    # --- what is in the file ------------------------------------------------------------------------------

    def block(self, number):
        bib = bibfile.parse(self.text)
        block = next(b for b in bib.entries if b.key == self.keys[number])
        return block, bib.text[block.span.start : block.span.stop]

    def put(self, number, text):
        block, _ = self.block(number)
        self.text = self.text[: block.span.start] + text + self.text[block.span.stop :]

    def entry(self, number):
        return parsed(self.text.encode())[self.keys[number]]

    def present(self):
        return [n for n in self.keys if n not in self.deleted]

    def step(self):
        """One thing happens; to a file without entries of ours only what needs none."""
        step = self.pick(STEPS if self.present() else STEPS[-5:])
        step(self)

    # --- the user -----------------------------------------------------------------------------------------

    def write_entry(self, number, fields, kind, style=0):
        """The entry anew, in another layout: everything a reformatter may change and nothing else."""
        opening, closing = (("{", "}"), ("{", "}"), ("(", ")"))[style % 3]
        lines = []
        for name, value, macro in fields:
            name = (name, name.upper(), name.capitalize())[style % 3]
            quoted = style % 2 and '"' not in value and value.count("{") == value.count("}")
            value = value if macro else f'"{value}"' if quoted else f"{{{value}}}"
            lines.append(f"{'  ' * (style % 4)}{name}{' ' * (style % 5)}={value}")
        comma = "," if style % 2 else ""
        self.put(number, f"@{kind}{opening}{self.keys[number]},\n" + ",\n".join(lines) + comma + "\n" + closing)

    def fields(self, number):
        entry = self.entry(number)
        return entry.entry_type, [(f.name, f.value, f.macro) for f in entry.fields]

    def edits_or_adds_a_field(self):
        name, value = self.pick(FIELDS), self.pick(VALUES + TITLES)
        number = self.pick(self.present())
        kind, fields = self.fields(number)
        if any(f[0] == name for f in fields):
            fields = [(n, value, False) if n == name else (n, v, m) for n, v, m in fields]
        else:
            fields.append((name, value, False))
        self.write_entry(number, fields, kind)
        self.touches(number, name, comparable(Field(name, value)))

    def touches(self, number, name, value):
        """The user wrote a value, or with None took one out."""
        if name in ALONE:
            self.ours[number].pop(name, None)
            if value is not None:
                self.ours[number][name] = value
                self.removed[number].discard(name)
        else:
            self.touched[number][name] = value

    def removes_a_field(self):
        number = self.pick(self.present())
        kind, fields = self.fields(number)
        names = [f[0] for f in fields if f[0] not in ("eprint", "archiveprefix", "eprinttype")]
        if not names:
            return
        name = self.pick(names)
        self.write_entry(number, [f for f in fields if f[0] != name], kind)
        self.touches(number, name, None)

    def retypes(self):
        kind = self.pick(["inproceedings", "Article", "unpublished"])
        number = self.pick(self.present())
        self.write_entry(number, self.fields(number)[1], kind)
        self.touches(number, "entrytype", kind.casefold())

    def renames_a_key(self):
        new = self.pick(["mine", "Mine2", "smith:2020", "paper9"])
        number = self.pick(self.present())
        if f"{new}-{number}".casefold() in {k.casefold() for k in self.keys.values()}:
            return
        block, _ = self.block(number)
        self.keys[number] = f"{new}-{number}"
        self.text = self.text[: block.key_span.start] + self.keys[number] + self.text[block.key_span.stop :]

    def deletes_an_entry(self):
        number = self.pick(self.present())
        self.put(number, "")
        self.deleted.add(number)
        self.keys[number] = self.known[number]  # a new name that no run saw goes with the entry

    def reformats(self):
        style, backwards = self.pick(range(60)), self.pick([False, True])
        for number in self.present():
            kind, fields = self.fields(number)
            self.write_entry(number, fields[::-1] if backwards else fields, kind.upper(), style)

    def reorders(self):
        number = self.pick(self.present())
        _, text = self.block(number)
        self.put(number, "")
        self.text = self.text + "\n" + text + "\n"

    def writes_a_remark(self):
        remark, at_end = self.pick(["% a remark\n", "\n\nnote to self\n", "\n"]), self.pick([False, True])
        self.text = self.text + "\n" + remark if at_end else remark + self.text.removeprefix("\ufeff")
        self.foreign = re.findall(r"\S+", self.text_without_ours())

    # --- upstream and the settings ------------------------------------------------------------------------

    def mentions_a_paper(self):
        number = self.pick(NUMBERS)
        if record(number).id not in self.held.records:
            added = LockedRecord(key=key(number), record=record(number))
            self.held = replace(self.held, records={**self.held.records, added.record.id: added})

    def upstream_changes(self):
        record_id = self.pick(sorted(self.held.records))
        change = self.pick(["title", "journal", "year", "authors", "comment", "back"])
        number, locked = int(record_id[-1]), self.held.records[record_id]
        self.published |= {record_id} if change == "journal" else set()
        changed = {
            "title": replace(locked.record, title=self.pick(TITLES)),
            "journal": replace(locked.record, journal_ref="J. Test 12 (2021) 3-9", dois=("10.1000/abc",)),
            "year": replace(locked.record, published=PartialDate(2021, 2, 3)),
            "authors": replace(locked.record, authors=locked.record.authors[:1]),
            "comment": replace(locked.record, comment="10 pages"),
            "back": record(number),
        }[change]
        self.held = replace(self.held, records={**self.held.records, record_id: replace(locked, record=changed)})

    def settings_change(self):
        self.target = replace(TARGET, **self.pick(OPTIONS))

    # --- runs ---------------------------------------------------------------------------------------------

    def theirs(self, number):
        locked = self.held.records[record(number).id]
        return said(render.render_entry(locked.record, "k", self.target.options).entry)

    def settles(self):
        if not self.open:
            return
        side, exactly = self.pick(["ours", "theirs"]), self.pick([False, True])
        number, name = self.pick(sorted(self.open))
        what = f"{self.keys[number]}.{name}" if exactly else self.keys[number]
        self.run(Preference(side=side, what=what), number, name if exactly else None)

    def run(self, preference, number=None, name=None):
        before = self.text
        choices = Choices(prefer=(preference,) if preference else ())
        plan, self.held = synced(self.held, before.encode(), target=self.target, choices=choices)
        self.text = plan.new.decode()
        self.merge_in_the_model(preference, number, name)
        self.check(plan, before)
        self.known = dict(self.keys)

    def merge_in_the_model(self, preference, chosen, name):
        was_open, self.open = set(self.open), set()
        settings_changed = self.seen[0] not in (None, self.target)
        records = {i: lock.content_digest(locked.record) for i, locked in self.held.records.items()}
        for record_id in self.held.records:
            number = int(record_id[-1])
            theirs = self.theirs(number)
            if number not in self.keys:
                self.keys[number] = key(number)
                self.ours[number] = {n: v for n, v in theirs.items() if n in ALONE}
                self.base[number] = dict(self.ours[number])
                self.kept[number], self.removed[number], self.touched[number] = set(), set(), {}
            elif number not in self.deleted:
                picked = preference if number == chosen else None
                record_changed = self.seen[1].get(record_id) != records[record_id]
                for field in ALONE:
                    side = picked.side if picked and name in (None, field) else None
                    reason = self.reason(number, field, theirs, record_changed, settings_changed, was_open)
                    self.merge_field(number, field, theirs.get(field), reason, side)
                if picked and (name is None or name not in ALONE):
                    self.touched[number] = {"": ""}  # groups were settled: anything may stand there now
            self.rendered[number] = theirs
        self.seen = (self.target, records)

    def reason(self, number, field, theirs, record_changed, settings_changed, was_open):
        if (number, field) in was_open:
            return "record"
        if not record_changed:
            return "settings"
        kept = field in self.kept[number] and not settings_changed
        return "settings" if kept and theirs.get(field) == self.rendered[number].get(field) else "record"

    def merge_field(self, number, field, new, reason, side):
        base, ours, removed = self.base[number], self.ours[number], self.removed[number]
        self.kept[number].discard(field)
        old, mine = base.get(field), ours.get(field)
        if mine is None and old is not None and field not in ESSENTIAL:
            removed.add(field)
        if old == new:
            return
        is_removed = mine is None and field in removed
        if mine in (old, new) or is_removed or (side == "theirs" and reason == "record"):
            ours[field] = None if is_removed else new
            base[field] = new
        elif reason == "settings":
            self.kept[number].add(field)
        elif side == "ours":
            base[field] = new
        else:
            self.open.add((number, field))
        for values in (base, ours):
            if values.get(field) is None:
                values.pop(field, None)

    def check(self, plan, before):
        entries = parsed(plan.new)
        assert set(entries) - {"knuth84"} == {self.keys[n] for n in self.present()}
        for number in self.present():
            stands = said(entries[self.keys[number]])
            assert {n: v for n, v in stands.items() if n in ALONE} == self.ours[number]
            self.check_groups(number, stands)
        assert set(plan.missing) == {self.keys[n] for n in self.deleted}
        conflicts = {(c.key, c.field) for c in plan.conflicts}
        assert {each for each in conflicts if each[1] in ALONE} == {(self.keys[n], f) for n, f in self.open}
        untouched = {self.keys[n] for n in self.present() if not self.touched[n]}
        assert not {k for k, field in conflicts if field not in ALONE} & untouched
        again = plan_target(self.target, self.held, list(self.held.records), plan.new)
        assert again.new == plan.new
        assert (again.added, again.updated, again.conflicts) == ((), (), plan.conflicts)
        assert again.bases == plan.bases
        assert lock.parse(lock.render(self.held), file="bibtools.lock") == self.held
        self.check_bytes(plan, before)
        self.check_alone(plan)

    def withdrew(self, number):
        """Whether upstream said once where the paper was published, and does not any more."""
        record_id = record(number).id
        return record_id in self.published and not self.held.records[record_id].record.journal_ref

    def check_groups(self, number, stands):
        """What the user wrote stands; where the user touched nothing, the new rendering does."""
        touched, theirs = self.touched[number], self.rendered[number]
        if not touched:
            groups = {n: v for n, v in stands.items() if n not in ALONE}
            left = {n for n in groups if n not in theirs}  # what upstream said once and no record says now
            assert {n: v for n, v in groups.items() if n not in left} == {
                n: v for n, v in theirs.items() if n not in ALONE
            }
            assert not left or self.withdrew(number)
        for name, value in touched.items():
            if name and value is not None:
                assert stands.get(name) == value
                if theirs.get(name) == value:
                    touched[name] = None  # no edit any more, so a later rendering may change it

    def check_bytes(self, plan, before):
        """Entries that did not change are the same bytes, and so is all that is no entry, blank lines apart."""
        changed = {updated.key for updated in plan.updated}
        after = {b.key: self.text[b.span.start : b.span.stop] for b in bibfile.parse(self.text).entries}
        for block in bibfile.parse(before).entries:
            if block.key not in changed:
                assert after[block.key] == before[block.span.start : block.span.stop]
        assert re.findall(r"\S+", self.text_without_ours()) == self.foreign
        if not plan.added and not plan.updated:
            assert self.text == before

    def text_without_ours(self):
        rest, at = [], 0
        for block in bibfile.parse(self.text).entries:
            if block.key != "knuth84":
                rest.append(self.text[at : block.span.start])
                at = block.span.stop
        return " ".join([*rest, self.text[at:]])

    def check_alone(self, plan):
        """What becomes of an entry depends on nothing but itself."""
        for number in self.present()[:2]:
            _, text = self.block(number)
            record_id = record(number).id
            alone = replace(
                self.held,
                records={record_id: self.held.records[record_id]},
                targets={self.target.path: {record_id: plan.bases[record_id]}},
            )
            lonely = plan_target(self.target, alone, [record_id], text.encode())
            assert lonely.new.decode() == text
            assert [c for c in plan.conflicts if c.key == self.keys[number]] == list(lonely.conflicts)


STEPS = (
    History.edits_or_adds_a_field, History.edits_or_adds_a_field, History.removes_a_field, History.retypes,
    History.renames_a_key, History.deletes_an_entry, History.reformats, History.reorders, History.writes_a_remark,
    History.mentions_a_paper, History.upstream_changes, History.upstream_changes, History.settings_change,
)  # fmt: skip


@settings(max_examples=60)
@given(st.data())
def test_a_history(data):
    """Twelve times one or two things happen, then a sync; now and then an open conflict is settled."""
    history = History(lambda options: data.draw(st.sampled_from(options)))
    for _ in range(12):
        for _ in range(history.pick((1, 2))):
            history.step()
        history.run(None)
        if history.pick((False, False, True)):
            history.settles()
