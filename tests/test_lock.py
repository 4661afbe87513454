"""The lock: what goes in comes out, in an order made for diffs."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bibtools import lock, names
from bibtools.errors import Problem, UnusableFileError, UsageError
from bibtools.model import (
    Candidate,
    Entry,
    EntryOptions,
    Evidence,
    Field,
    Mention,
    Name,
    PartialDate,
    Record,
    Resolution,
    Span,
)
from tests import bibliographies

line = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)
word = st.text(st.characters(categories=["Ll", "Lu"]), min_size=1, max_size=10)
people = st.one_of(
    st.lists(word, min_size=1, max_size=4).map(" ".join).map(names.split),
    word.map(lambda text: Name(literal=text)),
)
dates = st.builds(PartialDate, st.integers(1, 9999), st.none() | st.integers(1, 12))
fields = st.builds(Field, word.map(str.lower), line, st.booleans())
entries = st.builds(
    Entry,
    entry_type=word,
    key=word,
    fields=st.lists(fields, max_size=4, unique_by=lambda field: field.name).map(tuple),
)
records = st.builds(
    Record,
    id=st.from_regex(r"(?:arxiv|doi|local):[a-z0-9./]{1,12}", fullmatch=True),
    title=line,
    authors=st.lists(people, max_size=4).map(tuple),
    authors_complete=st.booleans(),
    abstract=line,
    version=st.none() | st.integers(1, 20),
    published=st.none() | dates,
    updated=st.none() | dates,
    categories=st.lists(word, max_size=3).map(tuple),
    primary_category=line,
    comment=line,
    journal_ref=line,
    dois=st.lists(word, max_size=2).map(tuple),
    retrieved=line,
    entry=st.none() | entries,
    source=st.none() | entries,
)
problems = st.builds(
    Problem, severity=st.sampled_from(["error", "warning"]), code=word, message=word, hint=st.none() | word
)
evidence = st.builds(
    Evidence,
    method=word,
    score=st.none() | st.floats(0, 1),
    margin=st.none() | st.floats(0, 1),
    version=st.none() | st.integers(1, 9),
    query=st.none() | word,
)
resolutions = st.builds(
    Resolution,
    digest=st.from_regex(r"[0-9a-f]{16}", fullmatch=True),
    state=st.sampled_from(["resolved", "unresolved", "pinned", "ignored"]),
    id=st.none() | word,
    evidence=st.none() | evidence,
    candidates=st.lists(st.builds(Candidate, id=word, title=line, score=st.floats(0, 1)), max_size=2).map(tuple),
    problems=st.lists(problems, max_size=2).map(tuple),
    confirmed=st.booleans(),
)


names_of_fields = st.lists(word, max_size=2).map(tuple)
bases_of_entries = st.builds(
    lock.Base,
    entry=entries,
    origin=st.builds(lock.Origin, st.sampled_from(["", "0123456789ab"]), st.sampled_from(["ab0123456789", "a/b"])),
    offered=st.none() | entries,
    withheld=st.none() | names_of_fields,
    filled=names_of_fields,
    kept=names_of_fields,
    removed=names_of_fields,
)


@st.composite
def locks(draw):
    mentions = {
        r.digest: lock.LockedMention(text=draw(line), resolution=r)
        for r in draw(st.lists(resolutions, max_size=4))
    }
    held = {
        r.id: lock.LockedRecord(key=draw(word), record=r, aliases=tuple(draw(st.lists(word, max_size=2))))
        for r in draw(st.lists(records, max_size=4))
    }
    bases = {i: draw(bases_of_entries) for i in held}
    return lock.Lock(mentions=mentions, records=held, targets={"refs.bib": bases} if bases else {})


@settings(max_examples=150)
@given(locks())
def test_what_goes_in_comes_out(held):
    text = lock.render(held)
    again = lock.parse(text, file="bibtools.lock")
    assert again == held
    assert lock.render(again) == text


@given(st.lists(records, min_size=2, max_size=6, unique_by=lambda record: record.id))
def test_the_order_of_arrival_does_not_show(found):
    def locked(order):
        return lock.Lock(records={r.id: lock.LockedRecord(key=f"key{r.id}", record=r) for r in order})

    assert lock.render(locked(found)) == lock.render(locked(found[::-1]))


def record(number, **said):
    return Record(id=f"arxiv:{number}", title=f"Title {number}", **said)


def test_a_newcomer_touches_only_lines_of_its_own():
    held = {f"arxiv:{n}": lock.LockedRecord(key=f"key{n:03}", record=record(n)) for n in range(0, 40, 2)}
    before = lock.render(lock.Lock(records=held)).splitlines()
    held["arxiv:21"] = lock.LockedRecord(key="key021", record=record(21))
    after = lock.render(lock.Lock(records=held)).splitlines()
    assert [row for row in before if row not in after] == []


def test_the_content_is_what_an_entry_shows():
    first = lock.content_digest(record(1))
    unseen = {"retrieved": "2027-01-01T00:00:00Z", "comment": "new", "version": 2, "categories": ("cs.LG",)}
    assert lock.content_digest(record(1, **unseen, updated=PartialDate(2026))) == first
    seen = [{"abstract": "A."}, {"journal_ref": "J 1"}, {"dois": ("10.1/2",)}, {"published": PartialDate(2020)}]
    assert len({first, *(lock.content_digest(record(1, **changed)) for changed in seen)}) == 5


def test_a_setting_at_its_default_counts_for_nothing():
    """A later version has more of them."""
    assert lock.settings_digest(EntryOptions()) == lock.settings_digest(EntryOptions(month="macro"))
    others = [EntryOptions(profile="modern"), EntryOptions(month="number"), EntryOptions(field_order=("title",))]
    assert len({lock.settings_digest(options) for options in (EntryOptions(), *others)}) == 4


def test_the_origins_of_earlier_versions_are_known():
    """The digests of a program that did not know `month` and `field_order`."""
    said = bibliographies.record(1)
    assert str(lock.joint_origin(said, EntryOptions())) == "97581842ae52"
    assert str(lock.joint_origin(said, EntryOptions(max_authors=3, exclude_fields=("doi",)))) == "fcb13343867a"


def mention(digest, title):
    return Mention(source="n.txt", span=Span(0, 1), line=1, end_line=1, digest=digest, kind="title", title=title)


def resolved(digest, state="resolved", number="1"):
    return Resolution(digest=digest, state=state, id=f"arxiv:{number}")


def test_what_left_the_sources_goes_but_for_the_users_decisions_and_the_records():
    held = lock.with_resolutions(
        lock.Lock(),
        [mention("a", "A"), mention("b", "B"), mention("c", "C" * 100)],
        [resolved("a"), resolved("b", "pinned"), resolved("c", "ignored")],
        [record("1")],
    )
    assert len(held.mentions["c"].text) == 72
    later = lock.with_resolutions(held, [mention("d", "D")], [resolved("d", number="2")], [record("2")])
    assert set(later.mentions) == {"b", "c", "d"}
    assert set(later.records) == {"arxiv:1", "arxiv:2"}
    keyed = lock.with_keys(later, {"arxiv:1": "one", "arxiv:2": "two"})
    assert {i: r.key for i, r in keyed.records.items()} == {"arxiv:1": "one", "arxiv:2": "two"}
    assert lock.with_keys(keyed, {"arxiv:1": "other"}) == keyed


def test_a_newer_format_is_refused():
    with pytest.raises(UsageError, match="format 2"):
        lock.parse('{"version": 2}', file="bibtools.lock")


@pytest.mark.parametrize(
    "change",
    [
        lambda d: d.pop("mentions"),
        lambda d: d.pop("version"),
        lambda d: d["mentions"]["0" * 16].update(state="sure"),
        lambda d: d["mentions"]["0" * 16].update(evidence={"method": "x", "mood": "good"}),
        lambda d: d["records"]["arxiv:1"].update(published="soon"),
        lambda d: d.update(targets=[]),
    ],
)
def test_a_damaged_lock_is_told_by_name(change):
    held = lock.with_resolutions(lock.Lock(), [mention("0" * 16, "A")], [resolved("0" * 16)], [record("1")])
    document = json.loads(lock.render(held))
    change(document)
    with pytest.raises(UnusableFileError) as caught:
        lock.parse(json.dumps(document), file="bibtools.lock")
    assert caught.value.problem.code == "lock-damaged"
    assert caught.value.problem.where.file == "bibtools.lock"
