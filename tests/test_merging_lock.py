"""Merging locks: each mention, record and base by itself; only contradicting decisions are a conflict."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bibtools import citekeys, lockmerge
from bibtools.errors import BibtoolsError
from bibtools.lock import Base, Lock, LockedMention, LockedRecord, Origin, render
from bibtools.model import Candidate, Entry, Evidence, Field, Resolution
from bibtools.workflow import conflicted
from tests.bibliographies import record

NUMBERS = (1, 2, 3)


def paper(number, key=None, *, title="A", when="2026-01-01T00:00:00Z", aliases=()):
    said = record(number, title=title, retrieved=when)
    return LockedRecord(key=key or f"key{number}", record=said, aliases=aliases)


def mention(digest, state="resolved", number=None, score=1.0, **more):
    evidence = Evidence(method="title", score=score) if state == "resolved" else None
    record_id = None if number is None else record(number).id
    resolution = Resolution(digest=digest, state=state, id=record_id, evidence=evidence, **more)
    return LockedMention(text=digest, resolution=resolution)


def locked(*papers, mentions=(), **targets):
    bases = {
        f"{name}.bib": {
            p.record.id: Base(
                entry=Entry(entry_type="misc", key=p.key, fields=(Field("title", p.record.title),)),
                origin=Origin("", p.record.title),
            )
            for p in written
        }
        for name, written in targets.items()
    }
    return Lock(
        records={p.record.id: p for p in papers},
        mentions={m.resolution.digest: m for m in mentions},
        targets=bases,
    )


records = st.dictionaries(
    st.sampled_from(NUMBERS),
    st.tuples(st.sampled_from(["A", "B"]), st.sampled_from(["2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"])),
)
states = st.tuples(st.sampled_from(["resolved", "pinned", "ignored", "unresolved"]), st.sampled_from(NUMBERS))


@st.composite
def locks(draw):
    papers = [paper(n, title=title, when=when) for n, (title, when) in draw(records).items()]
    mentions = []
    for digest, (state, number) in draw(st.dictionaries(st.sampled_from("xyz"), states)).items():
        leads = number if state in ("resolved", "pinned") else None
        mentions.append(mention(digest, state, leads))
        if leads and leads not in [int(p.record.id[-1]) for p in papers]:
            papers.append(paper(leads))
    written = [p for p in papers if draw(st.booleans())]
    return locked(*papers, mentions=mentions, refs=written)


@settings(max_examples=80)
@given(locks(), locks())
def test_what_only_one_side_changed_comes(base, changed):
    assert lockmerge.merge(base, base, base).lock == base
    assert lockmerge.merge(base, changed, changed).lock == changed
    for merged in (lockmerge.merge(base, changed, base), lockmerge.merge(base, base, changed)):
        assert merged.conflicts == merged.problems == ()
        assert merged.lock.mentions == changed.mentions
        assert merged.lock.targets == changed.targets
        assert merged.lock.records == changed.records


@settings(max_examples=150)
@given(locks(), locks(), locks())
def test_merging_is_symmetric_and_nothing_dangles(base, ours, theirs):
    one, other = lockmerge.merge(base, ours, theirs), lockmerge.merge(base, theirs, ours)
    assert one.conflicts == other.conflicts
    assert {d: m.resolution for d, m in one.lock.mentions.items() if d not in one.conflicts} == {
        d: m.resolution for d, m in other.lock.mentions.items() if d not in one.conflicts
    }
    assert one.lock.records.keys() == other.lock.records.keys()
    for digest, found in one.lock.mentions.items():
        assert found.resolution.id is None or found.resolution.id in one.lock.records, digest
    assert one.lock.targets["refs.bib"].keys() <= one.lock.records.keys()
    keys = [locked.key.casefold() for locked in one.lock.records.values()]
    assert len(set(keys)) == len(keys)
    decided = {d for d, m in (*ours.mentions.items(), *theirs.mentions.items()) if m.resolution.state == "pinned"}
    for digest in decided - set(base.mentions):
        assert one.lock.mentions[digest].resolution.state in ("pinned", "ignored")


PINNED, IGNORED = mention("x", "pinned", 1), mention("x", "ignored")
FOUND, OTHER, OPEN, STANDS_IN = (
    mention("x", "resolved", 1, 0.9),
    mention("x", "resolved", 2, 0.95),
    mention("x", "unresolved"),
    mention("x", "unresolved", 2),
)


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "state", "number"),
    [
        pytest.param(None, FOUND, OPEN, "resolved", 1, id="an answer before none"),
        pytest.param(None, FOUND, mention("x", "pinned", 2), "pinned", 2, id="a decision before an answer"),
        pytest.param(None, OPEN, IGNORED, "ignored", None, id="a decision before no answer"),
        pytest.param(OPEN, PINNED, OPEN, "pinned", 1, id="one side decided"),
        pytest.param(PINNED, PINNED, IGNORED, "ignored", None, id="one side changed its decision"),
        pytest.param(PINNED, None, PINNED, None, None, id="one side dropped it"),
        pytest.param(OPEN, None, FOUND, "resolved", 1, id="dropped here, found there"),
        pytest.param(None, FOUND, OTHER, "unresolved", None, id="two answers are none"),
        pytest.param(
            None, FOUND, STANDS_IN, "resolved", 1, id="an answer before an entry that stands in for itself"
        ),
        pytest.param(None, STANDS_IN, PINNED, "pinned", 1, id="a decision before such an entry"),
        pytest.param(STANDS_IN, STANDS_IN, FOUND, "resolved", 1, id="such an entry, then an answer"),
    ],
)
def test_a_mention(base, ours, theirs, state, number):
    sides = [locked(paper(1), paper(2), mentions=[side] if side else []) for side in (base, ours, theirs)]
    for merged in (lockmerge.merge(*sides), lockmerge.merge(sides[0], sides[2], sides[1])):
        assert merged.conflicts == ()
        found = merged.lock.mentions.get("x")
        assert (found.resolution.state if found else None) == state
        assert (found.resolution.id if found else None) == (record(number).id if number else None)


def test_two_answers_become_candidates_the_better_one_first():
    sides = [locked(paper(1), paper(2), mentions=[side]) for side in (FOUND, OTHER)]
    found = lockmerge.merge(Lock(), *sides).lock.mentions["x"].resolution
    assert [c.id for c in found.candidates] == [record(2).id, record(1).id]
    assert all(isinstance(c, Candidate) for c in found.candidates)


def test_contradicting_decisions_are_a_conflict_with_both_sides_kept():
    sides = [locked(paper(1), mentions=[side]) for side in (PINNED, IGNORED)]
    merged = lockmerge.merge(Lock(), *sides)
    assert merged.conflicts == ("x",)
    assert merged.lock.mentions["x"] == PINNED
    assert merged.theirs.mentions["x"] == IGNORED
    assert [p.code for p in merged.problems] == ["lock-conflict"]


def test_the_newer_answer_counts_with_its_base():
    base = paper(1, title="old")
    ours = paper(1, title="newer", when="2027-01-01T00:00:00Z")
    theirs = paper(1, title="newest", when="2028-01-01T00:00:00Z")
    sides = [locked(side, refs=[side]) for side in (base, ours, theirs)]
    for merged in (lockmerge.merge(*sides), lockmerge.merge(sides[0], sides[2], sides[1])):
        assert merged.lock.records[theirs.record.id].record.title == "newest"
        assert merged.lock.targets["refs.bib"][theirs.record.id].entry.get("title") == "newest"


def test_what_sources_say_outlives_a_newer_answer():
    said = Entry(entry_type="article", key="own")
    old, new = paper(1), paper(1, when="2027-01-01T00:00:00Z", title="B")
    old = replace(old, record=replace(old.record, source=said))
    for ours, theirs in ((old, new), (new, old)):
        merged = lockmerge.merge(Lock(), locked(ours), locked(theirs)).lock.records[record(1).id].record
        assert (merged.title, merged.source) == ("B", said)


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "key", "aliases"),
    [
        ("a", "a", "b", "b", ("a",)),
        ("a", "b", "a", "b", ("a",)),
        ("a", "b", "c", "b", ("a", "c")),
        (None, "b", "c", "b", ("c",)),
    ],
)
def test_the_key_of_a_record_and_its_earlier_ones(base, ours, theirs, key, aliases):
    def side(own):
        return locked(paper(1, own, aliases=(base,) if base and base != own else ())) if own else Lock()

    merged = lockmerge.merge(side(base), side(ours), side(theirs)).lock.records[record(1).id]
    assert (merged.key, set(merged.aliases)) == (key, set(aliases))


@pytest.mark.parametrize(
    ("ours_written", "theirs_written", "keeps", "severity"),
    [(True, False, 1, "info"), (False, True, 2, "info"), (False, False, 1, "info"), (True, True, 1, "warning")],
)
def test_one_key_of_two_records(ours_written, theirs_written, keeps, severity):
    ours, theirs = paper(1, "key"), paper(2, "KEY")
    merged = lockmerge.merge(
        Lock(),
        locked(ours, refs=[ours] if ours_written else []),
        locked(theirs, refs=[theirs] if theirs_written else []),
    )
    keys = {i: locked.key for i, locked in merged.lock.records.items()}
    assert keys[record(keeps).id].lower() == "key"
    assert keys[record(3 - keeps).id].lower() != "key"
    assert [(p.code, p.severity) for p in merged.problems] == [("lock-key-clash", severity)]
    for side, was_written in ((ours, ours_written), (theirs, theirs_written)):
        if was_written:
            assert merged.lock.targets["refs.bib"][side.record.id].entry.key == side.key


@pytest.mark.parametrize("spelled", [str.lower, str.upper, str.title])
def test_a_key_that_is_made_is_none_that_another_record_had(spelled):
    made = citekeys.assign([paper(2).record], {})[record(2).id]
    held = [paper(1, "key", aliases=(spelled(made),)), paper(2, "KEY")]
    merged = lockmerge.merge(Lock(), locked(held[0]), locked(held[1])).lock
    keys = [key for r in merged.records.values() for key in (r.key, *r.aliases)]
    assert len({key.casefold() for key in keys}) == len(keys) == 3


def test_a_record_that_the_other_side_needs_is_not_dropped():
    base = locked(paper(1))
    ours = locked()
    theirs = locked(paper(1), mentions=[FOUND])
    assert record(1).id in lockmerge.merge(base, ours, theirs).lock.records


def test_a_target_that_one_side_gave_up_goes_unless_the_other_changed_it():
    held = paper(1)
    base = locked(held, old=[held])
    assert lockmerge.merge(base, replace(base, targets={}), base).lock.targets == {}
    changed = locked(held, paper(2), old=[held, paper(2)])
    assert set(lockmerge.merge(base, replace(base, targets={}), changed).lock.targets["old.bib"]) == {record(2).id}


def test_generated_files_digests_are_merged_by_path():
    base, ours, theirs = (Lock(generated=held) for held in ({"a": "1"}, {"a": "2"}, {"a": "1", "b": "3"}))
    assert lockmerge.merge(base, ours, theirs).lock.generated == {"a": "2", "b": "3"}


# --- markers ----------------------------------------------------------------------------------------------

MARKED = "<<<<<<< HEAD\n{}||||||| base\n{}=======\n{}>>>>>>> topic\n"


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["lf", "crlf"])
@pytest.mark.parametrize("with_base", [True, False])
def test_a_lock_in_one_marked_piece_is_merged(tmp_path, newline, with_base):
    base, ours, theirs = locked(paper(1)), locked(paper(1), paper(2)), locked(paper(1), paper(3))
    text = MARKED.format(render(ours), render(base), render(theirs))
    if not with_base:
        text = text.replace("||||||| base\n" + render(base), "")
    found = conflicted.read_lock(tmp_path, "bibtools.lock", text.replace("\n", newline))
    assert set(found.records) == {record(n).id for n in NUMBERS}


@pytest.mark.parametrize(
    ("right", "wrong"), [('"key": "key1",', '"key": "key1"'), ("{}\n}", "{},\n}")], ids=["too few", "too many"]
)
def test_a_comma_that_a_merge_of_lines_got_wrong(tmp_path, right, wrong):
    text = render(locked(paper(1), mentions=[OPEN]))
    assert right in text
    marked = text.replace(right, wrong) + MARKED.format("", "", "\n")
    assert set(conflicted.read_lock(tmp_path, "bibtools.lock", marked).records) == {record(1).id}


def test_a_side_that_is_no_lock_is_refused(tmp_path):
    with pytest.raises(BibtoolsError) as caught:
        conflicted.read_lock(tmp_path, "bibtools.lock", MARKED.format("{", "", "}"))
    assert caught.value.problem.code == "lock-damaged"


def test_contradicting_decisions_in_a_marked_lock_are_told_with_their_line(tmp_path):
    sides = [render(locked(paper(1), mentions=[side])) for side in (PINNED, IGNORED)]
    with pytest.raises(BibtoolsError) as caught:
        conflicted.read_lock(tmp_path, "bibtools.lock", MARKED.format(sides[0], "", sides[1]))
    assert (caught.value.problem.code, caught.value.exit_code) == ("lock-conflict", 2)
    assert caught.value.problem.where.line == 1
