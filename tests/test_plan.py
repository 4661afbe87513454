"""One target's plan: which entry is which paper's, what an entry the user wrote is given, and the gate."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest

from bibtools import bibfile, render
from bibtools.config import Target
from bibtools.errors import InternalError, UsageError
from bibtools.model import Entry, Field, Name, PartialDate
from bibtools.plan import Choices, Preference, plan_target, verified
from tests.bibliographies import TARGET, lock_of, parsed, record, synced, with_record

TITLE = "Attention Is Not All You Read"
PAPER = replace(record(4), id="arxiv:2001.00004", dois=("10.1000/xyz",))  # by Shazeer and Kramár, 2020
WRITTEN = r"""@inproceedings{mine,
  title = {Attention is {Not} All You Read},
  author = {Shazeer, N. and Kram{\'a}r, J.},
  year = 2020
}
"""


def adopted(text, paper=PAPER):
    plan, _ = synced(lock_of(paper), text.encode())
    return plan.keys[paper.id] if not plan.added else None


# --- finding ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "field",
    [
        "eprint = {2001.00004v2}",
        "eprint = {arXiv:2001.00004}, eprinttype = {arxiv}",
        "doi = {10.48550/arXiv.2001.00004}",
        "doi = {https://doi.org/10.1000/XYZ}",
        "url = {https://arxiv.org/abs/2001.00004}",
        "url = {http://arxiv.org/pdf/2001.00004v1.pdf}",
        "journal = {arXiv preprint arXiv:2001.00004}",
        "journal = {CoRR}, volume = {abs/2001.00004}",
        "note = {\\url{https://arxiv.org/abs/2001.00004}}",
    ],
)
def test_an_entry_that_stood_there_is_recognised_by_its_identifiers(field):
    text = f"@article{{theirs, title = {{Some Other Words}},\n {field}}}\n"
    assert adopted(text) == "theirs"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("", ""),
        ("year = 2020", "year = 2021"),
        ("year = 2020", "date = {2019-12-01}"),
        ("{Attention is {Not} All You Read}", '"Attention Is Not All You Read"'),
        ("Shazeer, N. and Kram{\\'a}r, J.", "Noam Shazeer and others"),
        ("Shazeer, N. and Kram{\\'a}r, J.", "Kramar, Janos and Shazeer, Noam"),
    ],
)
def test_an_entry_without_identifiers_is_recognised_by_title_authors_and_year(old, new):
    assert adopted(WRITTEN.replace(old, new)) == "mine"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Not", "Really"),
        ("year = 2020", "year = 2022"),
        ("year = 2020", "note = {no year}"),
        ("Shazeer, N. and Kram{\\'a}r, J.", "Shazeer, Adam and Doe, Jane"),
        ("Shazeer, N. and Kram{\\'a}r, J.", "Shazeer, N."),
        ("author", "editor"),
        ("year = 2020", "year = 2020, eprint = {2105.00001}"),
        ("year = 2020", "year = 2020, doi = {10.1000/other}"),
        ("year = 2020", "year = 2020, url = {https://arxiv.org/abs/2105.00001}"),
    ],
)
def test_what_is_not_certain_is_another_paper(old, new):
    assert old in WRITTEN
    assert adopted(WRITTEN.replace(old, new)) is None


def test_a_short_title_takes_all_the_authors_and_the_very_year():
    paper = replace(PAPER, title="On Proofs")
    text = WRITTEN.replace("Attention is {Not} All You Read", "On Proofs")
    assert adopted(text, paper) == "mine"
    assert adopted(text.replace("2020", "2021"), paper) is None
    assert adopted(text.replace("Shazeer, N. and Kram{\\'a}r, J.", "Shazeer, N. and others"), paper) is None


def test_two_entries_of_one_paper_are_told_and_both_left():
    text = (
        WRITTEN.replace("year", "eprint = {2001.00004},\n  year")
        + "\n@misc{copy, url = {arxiv.org/abs/2001.00004}}\n"
    )
    plan, held = synced(lock_of(PAPER), text.encode())
    assert plan.new.decode() == text
    told = [(p.code, p.where.line) for p in plan.problems if p.severity != "info"]
    assert told == [("bib-duplicate-work", 8)]
    assert plan.keys == {PAPER.id: "mine"}
    swapped = "\n".join(text.split("\n\n")[::-1])
    assert synced(held, swapped.encode())[0].keys == {PAPER.id: "mine"}


def test_a_copy_with_an_id_does_not_displace_the_entry_that_lost_its_own():
    plan, held = synced(lock_of(PAPER), b"")
    text = plan.new.decode().replace("  eprint ", "  noprint ").replace("howpublished", "nohow")
    text += "\n@article{copy,\n  eprint = {2001.00004},\n  title = {Mine},\n}\n"
    again, _ = synced(held, text.encode())
    assert again.keys == {PAPER.id: "paper4"}
    assert not again.changed


def test_one_entry_belongs_to_one_record():
    published = replace(record(2), id="doi:10.1000/xyz", title=PAPER.title, dois=())
    for order in ((PAPER, published), (published, PAPER)):
        held = lock_of(*order, **{published.id: "published", PAPER.id: "paper4"})
        plan, _ = synced(held, b"@article{both, title = {A}, eprint = {2001.00004}, doi = {10.1000/xyz}}\n")
        assert plan.keys == {PAPER.id: "both", published.id: "published"}


def test_a_renamed_entry_without_any_identifier_is_found_again():
    target = replace(TARGET, exclude_fields=("eprint", "archiveprefix", "howpublished", "url", "doi"))
    plan, held = synced(lock_of(PAPER, record(2)), b"", target=target)
    assert "2001" not in plan.new.decode()
    text = plan.new.decode().replace("{paper4,", "{renamed,")
    again, _ = synced(held, text.encode(), target=target)
    assert (again.keys[PAPER.id], again.missing, again.changed) == ("renamed", (), False)


@pytest.mark.parametrize("reverse", [False, True])
def test_keys_that_differ_only_in_case_are_two_entries(reverse):
    plan, held = synced(lock_of(PAPER), b"")
    ours = plan.new.decode().replace("eprint", "noprint").replace("howpublished", "nohow")
    other = "@book{PAPER4,\n  title = {Quite Another Book},\n}\n"
    text = "\n".join([ours, other][:: -1 if reverse else 1])
    again, after = synced(held, text.encode())
    assert again.keys == {PAPER.id: "paper4"}
    assert not again.changed
    assert "bib-duplicate-key" in {p.code for p in again.problems}
    gone, _ = synced(after, other.encode())
    assert gone.missing == ("paper4",)
    assert gone.new.decode() == other


def test_a_new_key_is_not_one_that_differs_only_in_case():
    plan, held = synced(lock_of(PAPER), b"@book{Paper4, title = {Quite Another Book}}\n")
    assert plan.added == ("paper4a",)
    assert not synced(held, plan.new)[0].changed


def test_a_key_that_was_in_use_is_not_given_to_another_paper():
    first, held = synced(lock_of(PAPER), b"")
    other = record(2)
    both = replace(held, records={**held.records, **lock_of(other, **{other.id: "paper4"}).records})
    plan, after = synced(both, b"% all gone\n")
    assert (plan.added, plan.missing) == (("paper4a",), ("paper4",))
    restored, _ = synced(after, plan.new, choices=Choices(restore_all=True))
    assert set(parsed(restored.new)) == {"paper4", "paper4a"}
    assert parsed(restored.new)["paper4"] == parsed(first.new)["paper4"]


def test_an_entry_that_cannot_be_read_is_neither_missing_nor_written_again():
    plan, held = synced(lock_of(PAPER), b"")
    text = plan.new.decode().replace("title ", "title {").encode()
    again, _ = synced(held, text)
    assert (again.new, again.missing, again.added) == (text, (), ())
    assert again.bases == plan.bases
    new, _ = synced(lock_of(PAPER), b"@misc{paper4, title = {never closed\n")
    assert new.added == ("paper4a",)


def test_the_same_key_in_the_sources_is_no_proof():
    own = Entry(entry_type="book", key="knuth", fields=(Field("title", "The Art"), Field("year", "1968")))
    local = replace(record(1), id="local:knuth", title="The Art", authors=(), entry=own)
    held = lock_of(local, **{local.id: "knuth"})
    assert synced(held, b"@book{knuth, title = {The {Art}}}\n")[0].added == ()
    assert synced(held, b"@book{knuth, title = {Surreal Numbers}}\n")[0].added == ("knutha",)


def test_much_alike_is_found_in_good_time():
    text = "".join(WRITTEN.replace("mine", f"m{n}").replace("Read", f"Read {n}") for n in range(2000))
    plan, _ = synced(lock_of(PAPER), text.encode())
    assert plan.added == ("paper4",)


# --- entries the user wrote -------------------------------------------------------------------------------


def test_an_adopted_entry_gets_nothing_unasked_and_no_conflict_for_what_it_never_had():
    text = WRITTEN.replace("year", "eprint = {2001.00004},\n  year").encode()
    plan, held = synced(lock_of(PAPER), text)
    assert not plan.changed
    changed = replace(
        PAPER, comment="12 pages", journal_ref="J. Test 12 (2021) 3", abstract="New.", dois=("10.1/2",)
    )
    again, held = synced(with_record(held, changed), text)
    assert not again.changed
    assert {c.field for c in again.conflicts} <= {"entrytype"}
    modern, _ = synced(held, text, target=replace(TARGET, profile="modern", abstract=True))
    assert not modern.changed
    assert {c.field for c in modern.conflicts} <= {"entrytype"}


def test_fill_gives_an_adopted_entry_a_field_whenever_it_is_set_but_not_again():
    text = WRITTEN.replace("year", "eprint = {2001.00004},\n  year").encode()
    _, held = synced(lock_of(PAPER), text)
    target = replace(TARGET, fill=("primaryclass",))
    filled, held = synced(held, text, target=target)
    assert [(u.key, u.fields) for u in filled.updated] == [("mine", ("primaryclass",))]
    assert filled.new.decode().replace(",\n  primaryclass = {cs.LG}", "") == text.decode()
    assert not synced(held, filled.new, target=target)[0].changed
    assert not synced(held, text, target=target)[0].changed  # the user took it out again


def test_what_upstream_changes_comes_into_an_adopted_entry_where_both_agreed():
    text = WRITTEN.replace("year", "eprint = {2001.00004},\n  year").replace(" is ", " Is ").encode()
    _, held = synced(lock_of(PAPER), text)
    changed = replace(PAPER, title="Attention Is Read", published=PartialDate(2020, 5, 3))
    plan, _ = synced(with_record(held, changed), text)
    assert [u.fields for u in plan.updated] == [("title",)]


def test_an_entry_that_stood_there_is_the_users_even_if_bibtools_would_write_it_so():
    plan, _ = synced(lock_of(PAPER), FILE.encode())
    again, held = synced(lock_of(PAPER), plan.new)
    assert not again.changed
    assert held.targets["refs.bib"][PAPER.id].is_users
    for options in ({"format": "biblatex"}, {"profile": "modern"}, {"exclude_fields": ("eprint",)}):
        assert not synced(held, plan.new, target=replace(TARGET, **options))[0].changed


def test_pruning_never_removes_an_entry_that_the_user_wrote():
    _, held = synced(lock_of(PAPER), b"")
    entry = parsed(synced(lock_of(PAPER), b"")[0].new)["paper4"]
    text = bibfile.render_entry(replace(entry, key="mine", fields=entry.fields[:-1]), bibfile.DEFAULT).encode()
    _, held = synced(lock_of(PAPER), text)
    plan, _ = synced(held, text, wanted=[], choices=Choices(prune=True))
    assert (plan.removed, plan.orphaned, plan.new) == ((), ("mine",), text)


# --- conflicts --------------------------------------------------------------------------------------------


@pytest.fixture
def quarrel():
    """A lock and a file in which the user and upstream both changed the title and the type of one entry."""
    plan, held = synced(lock_of(PAPER, record(2)), b"")
    text = plan.new.decode().replace("{Attention Is Not All You Read}", "{My Title}").replace("paper4", "my.key")
    held = with_record(held, replace(PAPER, title="Attention, Revised", authors=(Name(family="Shazeer"),)))
    return held, text.replace("Shazeer, Noam", "Me, Myself").encode()


def fields_of(conflicts):
    return [(c.key, c.field, c.base, c.ours, c.theirs) for c in conflicts]


OPEN = [
    ("my.key", "author", "Shazeer, Noam and Kramár, János", "Me, Myself and Kramár, János", "Shazeer"),
    ("my.key", "title", "Attention Is Not All You Read", "My Title", "Attention, Revised"),
]


def test_an_open_conflict_is_told_by_every_run_and_in_full(quarrel):
    held, text = quarrel
    for _ in range(3):
        plan, held = synced(held, text)
        assert fields_of(plan.conflicts) == OPEN
        assert plan.new == text


@pytest.mark.parametrize(
    ("prefer", "left", "title", "author"),
    [
        (["ours"], [], "My Title", "Me, Myself"),
        (["theirs"], [], "Attention, Revised", "{Shazeer}"),
        (["theirs=my.key"], [], "Attention, Revised", "{Shazeer}"),
        (["theirs=my.key.title"], ["author"], "Attention, Revised", "Me, Myself"),
        (["theirs", "ours=my.key.title"], [], "My Title", "{Shazeer}"),
        (["ours=my.key.title", "theirs=my.key"], [], "My Title", "{Shazeer}"),
        (["ours", "theirs=other"], [], "My Title", "Me, Myself"),
        (["theirs", "ours"], [], "My Title", "Me, Myself"),
    ],
)
def test_taking_a_side_settles_once_and_for_all(quarrel, prefer, left, title, author):
    held, text = quarrel
    plan, held = synced(held, text, choices=Choices(prefer=tuple(map(Preference.parse, prefer))))
    assert [c.field for c in plan.conflicts] == left
    assert [c.field for c in plan.settled] == [f for f in ("author", "title") if f not in left]
    assert title in plan.new.decode()
    assert author in plan.new.decode()
    again, held = synced(held, plan.new)
    assert not again.changed
    assert [c.field for c in again.conflicts] == left
    back, _ = synced(with_record(held, replace(held.records[PAPER.id].record, title="Third")), plan.new)
    assert ("title" in [c.field for c in back.conflicts]) is (title == "My Title")


def test_a_side_taken_by_hand_is_recognised(quarrel):
    held, text = quarrel
    _, held = synced(held, text)
    taken = text.replace(b"My Title", b"Attention, Revised")
    plan, held = synced(held, taken)
    assert [c.field for c in plan.conflicts] == ["author"]
    plan, held = synced(with_record(held, replace(held.records[PAPER.id].record, title="Third")), taken)
    assert [u.fields for u in plan.updated] == [("title",)]


def test_a_field_the_user_removed_and_upstream_changed_is_in_conflict():
    plan, held = synced(lock_of(PAPER), b"")
    text = "".join(line for line in plan.new.decode().splitlines(keepends=True) if "title" not in line).encode()
    held = with_record(held, replace(PAPER, title="Revised"))
    asked, _ = synced(held, text)
    assert fields_of(asked.conflicts) == [("paper4", "title", TITLE, None, "Revised")]
    theirs, _ = synced(held, text, choices=Choices(prefer=(Preference.parse("theirs"),)))
    assert "Revised" in theirs.new.decode()
    ours, held = synced(held, text, choices=Choices(prefer=(Preference.parse("ours"),)))
    assert not ours.changed
    assert synced(held, text)[0].conflicts == ()


@pytest.mark.parametrize("text", ["", "mine", "ours=", "=key", "Theirs", "both=key"])
def test_a_preference_that_says_nothing_is_refused(text):
    with pytest.raises(UsageError):
        Preference.parse(text)


# --- a newer program --------------------------------------------------------------------------------------


def newer(monkeypatch):
    render_entry = render.render_entry

    def rendered(*arguments):
        found = render_entry(*arguments)
        note = Field("note", "newer program")
        fields = tuple(
            Field(f.name, "{{" + f.value + "}} etc.") if f.name == "title" else f for f in found.entry.fields
        )
        return replace(found, entry=replace(found.entry, fields=(*fields, note)))

    monkeypatch.setattr(render, "render_entry", rendered)


def test_a_program_that_renders_differently_changes_nothing_unasked(monkeypatch, quarrel):
    held, text = quarrel
    plan, held = synced(held, text)
    newer(monkeypatch)
    again, after = synced(held, text)
    assert (again.changed, again.bases, again.conflicts) == (False, plan.bases, plan.conflicts)
    asked, after = synced(held, text, choices=Choices(rerender=True))
    assert [(u.key, u.fields) for u in asked.updated] == [("my.key", ("note",)), ("paper2", ("title", "note"))]
    assert not synced(after, asked.new)[0].changed


# --- the gate ---------------------------------------------------------------------------------------------

FILE = """% a remark
@string{jml = "J."}
@misc{other,
  title = {Other},
  note = {a}
}

Some text.
@book{last, year = 1999}
"""


def spoil(monkeypatch, name, spoiled):
    right = getattr(bibfile, name)
    monkeypatch.setattr(bibfile, name, lambda *arguments: spoiled(right(*arguments), arguments))


def at_other_place(edit, arguments):
    return replace(edit, span=bibfile.parse(FILE).entries[0].fields[0].value_span)


FAULTS = {
    "an entry is inserted into another": (
        "insert_entries",
        lambda edits, args: [replace(e, span=replace(e.span, start=50, stop=50)) for e in edits],
        "add",
    ),
    "a remark is lost": ("apply", lambda text, args: text.replace("% a remark", ""), "add"),
    "text between the entries changes": ("apply", lambda t, args: t.replace("Some text", "Some_text"), "add"),
    "a string changes": ("apply", lambda text, args: text.replace('"J."', '"K."'), "update"),
    "a foreign entry changes its layout": ("apply", lambda text, args: text.replace("  note", " note"), "update"),
    "a foreign entry goes": ("apply", lambda text, args: text.replace("@book{last, year = 1999}", ""), "update"),
    "a foreign entry stands twice": ("apply", lambda text, args: text + "@book{last2, year = 1999}", "add"),
    "an entry is inserted twice": ("insert_entries", lambda edits, args: [*edits, *edits], "add"),
    "an entry is not inserted": ("insert_entries", lambda edits, args: [], "add"),
    "an inserted entry says something else": ("apply", lambda t, args: t.replace("All You Read", "All"), "add"),
    "a value is written that nobody planned": (
        "replace_value",
        lambda edit, args: replace(edit, text="{Something}"),
        "update",
    ),
    "a value is written elsewhere": ("replace_value", at_other_place, "update"),
    "a field is removed that should not be": ("apply", lambda t, args: t.replace("primaryclass", "x"), "update"),
    "a value next to it changes its delimiters": ("apply", lambda t, _: t.replace("{cs.LG}", '"cs.LG"'), "update"),
    "a key changes": ("apply", lambda t, args: t.replace("{paper4,", "{paper5,"), "update"),
    "a type changes": ("apply", lambda t, args: t.replace("@misc{paper4,", "@book{paper4,"), "update"),
    "an entry cannot be read any more": ("apply", lambda t, args: t.replace("{paper4,", "{paper4 "), "update"),
    "another entry is removed": ("remove_entry", at_other_place, "remove"),
    "nothing is removed": (
        "remove_entry",
        lambda edit, args: replace(edit, span=replace(edit.span, stop=edit.span.start)),
        "remove",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("function", "spoiled", "job"), FAULTS.values(), ids=FAULTS)
def test_the_gate_stops_a_plan_that_went_wrong(monkeypatch, function, spoiled, job):
    first, held = synced(lock_of(PAPER), FILE.encode())
    jobs = {
        "add": (lock_of(PAPER), FILE.encode(), [PAPER.id], None),
        "update": (with_record(held, replace(PAPER, title="New")), first.new, [PAPER.id], None),
        "remove": (held, first.new, [], Choices(prune=True)),
    }
    held, text, wanted, choices = jobs[job]
    assert synced(held, text, wanted=wanted, choices=choices)[0].changed
    spoil(monkeypatch, function, spoiled)
    assert plan_target(TARGET, held, wanted, text, choices).path == "refs.bib"
    with pytest.raises(InternalError) as stopped:
        synced(held, text, wanted=wanted, choices=choices)
    assert stopped.value.exit_code == 70
    assert stopped.value.problem.code in ("plan-other-bytes", "plan-other-entry", "plan-unstable")


def test_the_gate_stops_a_plan_that_never_comes_to_rest(monkeypatch):
    import bibtools.plan.entries as module

    first, held = synced(lock_of(PAPER), FILE.encode())
    merge_owned = module.merge_owned

    turns = count()

    def restless(*arguments, **options):
        merged = merge_owned(*arguments, **options)
        return replace(merged, offered=arguments[2], write=(Field("note", f"turn {next(turns)}"),))

    monkeypatch.setattr(module, "merge_owned", restless)
    with pytest.raises(InternalError, match="second run"):
        synced(with_record(held, replace(PAPER, title="New")), first.new)


def test_targets_have_bases_and_settings_of_their_own():
    one, other = Target(path="a.bib"), Target(path="b.bib", format="biblatex", max_authors=1)
    first, held = synced(lock_of(PAPER), b"", target=one)
    second, held = synced(held, b"", target=other)
    assert b"year" in first.new
    assert b"date" in second.new
    edited = second.new.replace(b"Not All", b"Hardly All")
    assert not synced(held, edited, target=other)[0].changed
    assert not synced(held, first.new, target=one)[0].changed
    held = with_record(held, replace(PAPER, title="New"))
    assert synced(held, edited, target=other)[0].conflicts
    assert synced(held, first.new, target=one)[0].updated


@pytest.mark.parametrize(
    ("before", "after", "old", "new"),
    [
        pytest.param({}, {"month": "number"}, b"= may,", b"= {5},", id="month to number"),
        pytest.param({"month": "number"}, {"month": "name"}, b"= {5},", b"= {May},", id="month to name"),
        pytest.param({"month": "name"}, {}, b"= {May},", b"= may,", id="month to macro"),
        pytest.param({}, {"encoding": "ascii"}, "á".encode(), b"{\\'a}", id="to ASCII"),
    ],
)
def test_another_form_asked_for_comes_into_what_nobody_touched(before, after, old, new):
    one, other = replace(TARGET, **before), replace(TARGET, **after)
    first, held = synced(lock_of(PAPER), b"", target=one)
    assert old in first.new
    plan, held = synced(held, first.new, target=other)
    assert plan.new == first.new.replace(old, new)
    assert (plan.conflicts, len(plan.updated)) == ((), 1)
    assert not synced(held, plan.new, target=other)[0].changed


def test_another_form_asked_for_changes_nothing_that_was_written_by_hand():
    first, held = synced(lock_of(PAPER), b"")
    mine = first.new.replace(b"may,", b"{May},").replace("Kramár".encode(), b"Kram{\\'{a}}r")
    target = replace(TARGET, month="number", encoding="ascii")
    plan, held = synced(held, mine, target=target)
    assert (plan.changed, plan.conflicts) == (False, ())
    plan, _ = synced(held, mine, target=replace(target, month="none"))
    assert b"month" not in plan.new


def test_the_order_of_fields_is_for_new_entries_and_new_fields():
    first, held = synced(lock_of(PAPER), b"")
    target = replace(TARGET, field_order=("eprint", "title", "abstract"), abstract=True)
    plan, held = synced(held, first.new, target=target)
    names = [f.name for f in parsed(plan.new)["paper4"].fields]
    assert names[:4] == ["author", "title", "abstract", "year"]
    held = replace(held, records=lock_of(PAPER, record(2)).records)
    plan, _ = synced(held, plan.new, target=target)
    assert [f.name for f in parsed(plan.new)["paper2"].fields][:4] == ["eprint", "title", "abstract", "author"]


def test_an_entry_with_only_a_doi_belongs_to_one_record_too():
    published = replace(record(2), id="doi:10.1000/xyz", title=PAPER.title, dois=())
    held = lock_of(PAPER, published, **{published.id: "published"})
    plan, _ = synced(held, b"@article{both, title = {A}, doi = {10.1000/xyz}}\n")
    assert plan.keys == {PAPER.id: "both", published.id: "published"}


def test_an_entry_that_lost_its_id_and_its_title_is_known_by_its_key():
    plan, held = synced(lock_of(PAPER), b"")
    text = plan.new.decode().replace("eprint ", "noprint ").replace("howpublished", "nohow").replace("doi ", "no ")
    text = text.replace("Attention Is Not All You Read", "Mine").encode()
    again, _ = synced(held, text)
    assert (again.keys, again.missing, again.new) == ({PAPER.id: "paper4"}, (), text)


def test_pruning_keeps_an_entry_that_was_only_filled():
    rendered = parsed(synced(lock_of(PAPER), b"")[0].new)["paper4"]
    written = bibfile.render_entry(replace(rendered, fields=rendered.fields[:-1]), bibfile.DEFAULT).encode()
    target = replace(TARGET, fill=(rendered.fields[-1].name,))
    plan, held = synced(lock_of(PAPER), written, target=target)
    assert parsed(plan.new) == {"paper4": rendered}
    plan, _ = synced(held, plan.new, target=target, wanted=[], choices=Choices(prune=True))
    assert (plan.removed, plan.orphaned) == ((), ("paper4",))


def test_into_a_file_that_is_not_utf8_goes_only_ascii():
    text = "@book{a, title = {Été}}\n".encode("latin-1")
    plan, held = synced(lock_of(PAPER), text)
    assert plan.new.startswith(text)
    assert plan.new[len(text) :].isascii()
    assert b"Kram{\\'a}r" in plan.new
    again, _ = synced(held, plan.new.decode("latin-1").encode("utf-8"))
    assert (again.changed, again.conflicts) == (False, ())


def test_a_parser_that_is_not_ours_reads_the_new_entries_too(monkeypatch):
    from bibtexparser import entrypoint

    read = entrypoint.parse_string

    def careless(text, **options):
        return read(text.replace("Attention", "Inattention"), **options)

    monkeypatch.setattr(entrypoint, "parse_string", careless)
    plan = plan_target(TARGET, lock_of(PAPER), [PAPER.id], b"")
    with pytest.raises(InternalError, match="other programs"):
        verified(plan, TARGET, lock_of(PAPER), [PAPER.id])
