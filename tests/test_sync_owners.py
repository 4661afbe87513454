"""Who wrote an entry decides what a sync may change in it: what the settings, a correction, a publication do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bibtools import render
from bibtools.lock import Base, joint_origin
from bibtools.model import Name, PartialDate
from bibtools.plan import Choices, Preference
from tests.bibliographies import TARGET, lock_of, parsed, record, synced, with_record

PAPER = replace(record(4), id="arxiv:2001.00004")  # by Shazeer and Kramár, May 2020
SCHOLAR = b"""@article{mine,
  title = {Attention Is Not All You Read},
  author = {Shazeer, Noam and Kram{\\'a}r, J{\\'a}nos},
  journal = {arXiv preprint arXiv:2001.00004},
  year = {2020}
}
"""
EXPORT = b"""@misc{mine,
      title={Attention Is Not All You Read},
      author={Noam Shazeer and J\xc3\xa1nos Kram\xc3\xa1r},
      year={2020},
      eprint={2001.00004},
      archivePrefix={arXiv},
      primaryClass={cs.LG},
      note={read twice},
}
"""
BIBLATEX = b"""@online{mine,
  title = {Attention Is Not All You Read},
  author = {Shazeer, Noam and Kram\xc3\xa1r, J\xc3\xa1nos},
  date = {2020-05},
  eprint = {2001.00004},
  eprinttype = {arxiv},
  eprintclass = {cs.LG},
}
"""
SHAPES = {"scholar": SCHOLAR, "export": EXPORT, "biblatex": BIBLATEX}
PUBLISHED = replace(PAPER, journal_ref="Phys. Rev. D 101, 013039 (2021)", dois=("10.1103/PhysRevD.101.013039",))


def adopted(text, **options):
    """The lock after a first run over an entry that the user wrote."""
    plan, held = synced(lock_of(PAPER), text, target=replace(TARGET, **options))
    assert plan.new == text
    return held


def values(data):
    (entry,) = parsed(data).values()
    return {"entrytype": entry.entry_type, **{f.name: f.value for f in entry.fields}}


def differences(old, new):
    """Name → value of what changed; None for what went."""
    one, other = values(old), values(new)
    return {n: other.get(n) for n in {*one, *other} if one.get(n) != other.get(n)}


# --- the settings ------------------------------------------------------------------------------------------

SETTINGS = (
    {"format": "biblatex"},
    {"profile": "scholar"},
    {"profile": "modern"},
    {"exclude_fields": ("journal", "year", "eprint", "primaryclass", "note")},
    {"max_authors": 1},
    {"encoding": "ascii"},
    {"abstract": True},
    {"month": "none"},
    {"prefer": "preprint"},
)


@pytest.mark.parametrize("text", SHAPES.values(), ids=SHAPES)
def test_settings_change_nothing_that_the_user_wrote(text):
    held = adopted(text)
    for options in (*SETTINGS, {}):
        plan, held = synced(held, text, target=replace(TARGET, **options))
        assert plan.new == text, options
        assert plan.conflicts == ()


def test_settings_and_a_publication_together_change_nothing_either():
    held = with_record(adopted(EXPORT), PUBLISHED)
    for options in (*SETTINGS, {}):
        plan, held = synced(held, EXPORT, target=replace(TARGET, **options))
        assert (plan.new, plan.conflicts) == (EXPORT, ()), options


def test_an_edited_group_stays_against_the_settings_and_is_rendered_again_when_it_is_undone():
    first, held = synced(lock_of(PAPER), b"")
    mine = first.new.replace(b"= {2020}", b"= {2021}")
    plan, held = synced(held, mine, target=replace(TARGET, format="biblatex"))
    changed = values(plan.new)
    assert (changed["year"], changed["month"], changed["eprinttype"]) == ("2021", "may", "arxiv")
    assert "date" not in changed
    assert [p.severity for p in plan.problems if p.code == "setting-not-applied"] == ["info"]
    assert plan.conflicts == ()
    undone = plan.new.replace(b"= {2021}", b"= {2020}")
    again, _ = synced(held, undone, target=replace(TARGET, format="biblatex"))
    assert values(again.new)["date"] == "2020-05-03"
    assert "year" not in values(again.new)


def test_a_field_that_was_taken_out_stays_away_in_every_dialect():
    first, held = synced(lock_of(PAPER), b"")
    without = b"".join(line for line in first.new.splitlines(True) if b"primaryclass" not in line)
    for options in ({"format": "biblatex"}, {}, {"profile": "modern"}, {"format": "biblatex"}):
        plan, held = synced(held, without, target=replace(TARGET, **options))
        without = plan.new
        assert not {"primaryclass", "eprintclass"} & set(values(without)), options
        assert "eprint" in values(without)


def test_an_edited_id_keeps_the_type_that_goes_with_it():
    first, held = synced(lock_of(PAPER), b"")
    mine = first.new.replace(b"arXiv:2001.00004 [cs.LG]", b"Talk at home")
    plan, _ = synced(held, mine, target=replace(TARGET, profile="scholar"))
    assert values(plan.new)["entrytype"] == "misc"
    assert values(plan.new)["howpublished"] == "Talk at home"


def test_what_bibtex_does_not_read_is_told_once_for_all():
    other = replace(record(2), id="arxiv:2001.00002")
    text = BIBLATEX + BIBLATEX.replace(b"mine", b"yours").replace(b"2001.00004", b"2001.00002")
    plan, _ = synced(lock_of(PAPER, other), text)
    (problem,) = [p for p in plan.problems if p.severity == "warning"]
    assert (problem.code, "mine, yours" in problem.message) == ("setting-not-applied", True)
    assert plan.new == text
    quiet, _ = synced(lock_of(PAPER, other), text, target=replace(TARGET, format="biblatex"))
    assert [p for p in quiet.problems if p.severity == "warning"] == []


def test_what_an_earlier_version_kept_of_the_users_entry_in_conflict_stays_as_it_is():
    """It rendered the publication under the settings, withheld it, and called the type a conflict."""
    text = EXPORT
    base = render.render_entry(PAPER, "mine", TARGET.options).entry
    offered = render.render_entry(PUBLISHED, "mine", TARGET.options).entry
    kept = Base(
        entry=base,
        origin=joint_origin(PUBLISHED, TARGET.options),
        offered=offered,
        withheld=("doi", "howpublished", "journal", "month", "pages", "volume"),
    )
    held = replace(lock_of(PUBLISHED), targets={TARGET.path: {PUBLISHED.id: kept}})
    plan, after = synced(held, text)
    assert (plan.new, after) == (text, held)
    assert plan.flags == {PAPER.id: ("published",)}


# --- corrections -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", SHAPES.values(), ids=SHAPES)
def test_a_correction_comes_into_the_users_own_field(text):
    held = adopted(text)
    people = (*PAPER.authors, Name(family="Doe", given="Jane"))
    corrected = replace(PAPER, title="Attention, Corrected", authors=people, primary_category="cs.CL")
    plan, held = synced(with_record(held, corrected), text)
    expected = {"title": "Attention, Corrected", "author": "Shazeer, Noam and Kramár, János and Doe, Jane"}
    classes = {"primaryclass", "eprintclass"} & set(values(text))
    assert differences(text, plan.new) == expected | dict.fromkeys(classes, "cs.CL")
    assert not synced(held, plan.new)[0].changed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(SCHOLAR, {"year": "2019"}, id="a year"),
        pytest.param(BIBLATEX, {"date": "2019-12"}, id="a date as exact as it was"),
        pytest.param(
            EXPORT.replace(b"year={2020}", b"month=may,year={2020}"),
            {"year": "2019", "month": "dec"},
            id="a month",
        ),
    ],
)
def test_a_corrected_date_comes_as_exactly_as_it_was_written(text, expected):
    held = with_record(adopted(text), replace(PAPER, published=PartialDate(2019, 12, 31)))
    plan, _ = synced(held, text)
    assert differences(text, plan.new) == expected


def test_a_date_that_says_more_than_the_record_is_in_conflict():
    paper = replace(PAPER, published=PartialDate(2020))
    _, held = synced(lock_of(paper), BIBLATEX)
    plan, _ = synced(with_record(held, replace(paper, published=PartialDate(2019))), BIBLATEX)
    assert plan.new == BIBLATEX
    assert [(c.field, c.ours, c.theirs) for c in plan.conflicts] == [("date", "2020-05", "2019")]


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        (b"Shazeer, Noam and", b"Shazeer, N. and", "author"),
        (b"Kram{\\'a}r, J{\\'a}nos", b"others", "author"),
        (b"Attention Is Not All You Read", b"Attention is not all you read", "title"),
    ],
)
def test_a_variant_of_what_the_record_said_stands_and_is_flagged(old, new, field):
    assert old in SCHOLAR
    text = SCHOLAR.replace(old, new)
    people = (*PAPER.authors, Name(family="Doe", given="Jane"))
    held = with_record(adopted(text), replace(PAPER, title="Attention, Corrected", authors=people))
    for _ in range(2):
        plan, held = synced(held, text)
        assert plan.conflicts == ()
        assert [p.severity for p in plan.problems if p.code == "corrected"] == ["info"]
        assert plan.flags == {PAPER.id: ("corrected",)}
        assert field not in differences(text, plan.new)
        text = plan.new
    taken, held = synced(held, text, choices=Choices(prefer=(Preference.parse(f"theirs=mine.{field}"),)))
    assert field in differences(text, taken.new)
    assert synced(held, taken.new)[0].flags == {}


def test_something_else_is_a_conflict_until_it_is_settled():
    text = SCHOLAR.replace(b"Attention Is Not All You Read", b"My own title")
    held = with_record(adopted(text), replace(PAPER, title="Attention, Corrected"))
    plan, held = synced(held, text)
    assert [(c.field, c.base, c.ours) for c in plan.conflicts] == [("title", PAPER.title, "My own title")]
    plan, held = synced(held, text, choices=Choices(prefer=(Preference.parse("ours"),)))
    assert (plan.new, plan.conflicts) == (text, ())
    assert synced(held, text)[0].conflicts == ()


def test_nothing_is_added_to_the_users_entry_and_nothing_taken_away():
    text = b"@misc{mine, eprint = {2001.00004}, note = {only this}}\n"
    held = adopted(text)
    for said in (PUBLISHED, replace(PAPER, title="New", primary_category="cs.CL"), replace(PAPER, authors=())):
        plan, held = synced(with_record(held, said), text)
        assert (plan.new, plan.conflicts) == (text, ())


# --- publication -------------------------------------------------------------------------------------------

PLACE = {
    "entrytype": "article",
    "journal": "Physical Review D",
    "volume": "101",
    "pages": "013039",
    "doi": "10.1103/PhysRevD.101.013039",
}


def test_a_publication_is_told_and_changes_nothing():
    held = with_record(adopted(EXPORT), PUBLISHED)
    for _ in range(2):
        plan, held = synced(held, EXPORT)
        assert (plan.new, plan.conflicts) == (EXPORT, ())
        (told,) = [p for p in plan.problems if p.code == "published"]
        assert (told.severity, "Physical Review D, 101" in told.message) == ("info", True)
        assert plan.flags == {PAPER.id: ("published",)}


@pytest.mark.parametrize("how", ["fill", "flag", "key"])
def test_a_publication_is_taken_whole_where_that_is_allowed(how):
    held = with_record(adopted(EXPORT), PUBLISHED)
    target = replace(TARGET, fill=("published",)) if how == "fill" else TARGET
    choices = {
        "fill": Choices(),
        "flag": Choices(published_all=True),
        "key": Choices(published=frozenset([PAPER.id])),
    }[how]
    plan, held = synced(held, EXPORT, target=target, choices=choices)
    assert differences(EXPORT, plan.new) == PLACE | {"year": "2021"}
    again, held = synced(held, plan.new)
    assert (again.changed, again.flags) == (False, {})
    for options in SETTINGS:
        assert not synced(held, plan.new, target=replace(TARGET, **options))[0].changed, options


def test_a_journal_that_held_only_the_id_gives_way_to_the_eprint():
    held = with_record(adopted(SCHOLAR), PUBLISHED)
    plan, _ = synced(held, SCHOLAR, choices=Choices(published_all=True))
    place = {n: v for n, v in PLACE.items() if n != "entrytype"}
    eprint = {"eprint": "2001.00004", "archiveprefix": "arXiv", "primaryclass": "cs.LG"}
    assert differences(SCHOLAR, plan.new) == place | eprint | {"year": "2021"}


def test_corr_and_its_volume_give_way_too():
    text = SCHOLAR.replace(b"{arXiv preprint arXiv:2001.00004}", b"{CoRR},\n  volume = {abs/2001.00004}")
    plan, _ = synced(with_record(adopted(text), PUBLISHED), text, choices=Choices(published_all=True))
    found = values(plan.new)
    assert (found["journal"], found["volume"], found["eprint"]) == ("Physical Review D", "101", "2001.00004")


def test_a_publication_comes_in_the_entrys_own_dialect():
    plan, _ = synced(with_record(adopted(BIBLATEX), PUBLISHED), BIBLATEX, choices=Choices(published_all=True))
    changed = differences(BIBLATEX, plan.new)
    assert (changed["entrytype"], changed["journaltitle"], changed["date"]) == (
        "article",
        "Physical Review D",
        "2021",
    )
    assert not {"year", "journal"} & set(changed)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"year={2020}", b"year={2020}, journal={Some Other Journal}"),
        (b"year={2020}", b"year={2018}"),
        (b"year={2020}", b"year={2020}, crossref={book}"),
        (b"year={2020}", b"year={2020}, booktitle={Proceedings of Something}"),
    ],
)
def test_where_place_or_date_say_something_else_nothing_is_taken(old, new):
    text = EXPORT.replace(old, new)
    held = with_record(adopted(text), PUBLISHED)
    plan, _ = synced(held, text, choices=Choices(published_all=True))
    assert (plan.new, plan.conflicts) == (text, ())
    assert plan.flags == {PAPER.id: ("published",)}


def test_an_entry_that_was_filled_follows_while_nobody_edits_it():
    held = with_record(adopted(EXPORT), PUBLISHED)
    plan, held = synced(held, EXPORT, choices=Choices(published_all=True))
    moved = with_record(held, replace(PUBLISHED, journal_ref="Phys. Rev. D 102, 013040 (2022)"))
    again, _ = synced(moved, plan.new)
    assert differences(plan.new, again.new) == {"volume": "102", "pages": "013040", "year": "2022"}
    edited = plan.new.replace(b"{101}", b"{101a}")
    assert synced(moved, edited)[0].new == edited


# --- handing over ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", SHAPES.values(), ids=SHAPES)
def test_an_entry_handed_over_is_rendered_anew_and_keeps_what_is_the_users(text):
    plan, held = synced(adopted(text), text, choices=Choices(hand_over=frozenset([PAPER.id])))
    (fresh,) = parsed(synced(lock_of(PAPER), b"")[0].new).values()
    expected = {"entrytype": "misc", **{f.name: f.value for f in fresh.fields}}
    kept = {"note": "read twice"} if text == EXPORT else {}
    assert values(plan.new) == expected | kept
    assert [(h.key, h.kept) for h in plan.handed_over] == [("mine", tuple(kept))]
    again, held = synced(held, plan.new)
    assert not again.changed
    modern, _ = synced(held, plan.new, target=replace(TARGET, profile="modern"))
    assert "url" in values(modern.new)


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        (b"Attention Is Not All You Read", b"My own title", "title"),
        (b"year={2020}", b"year={2018}", "year"),
        (b"year={2020}", b"year={2020}, journal={Some Journal}", "journal"),
        (b"Noam Shazeer and", b"Adam Somebody and", "author"),
    ],
)
def test_what_says_something_else_is_kept_when_an_entry_is_handed_over(old, new, kept):
    text = EXPORT.replace(old, new)
    plan, held = synced(adopted(text), text, choices=Choices(hand_over=frozenset([PAPER.id])))
    assert values(plan.new)[kept] == values(text)[kept]
    assert kept in plan.handed_over[0].kept
    assert not synced(held, plan.new)[0].changed


def test_rendering_anew_without_a_key_leaves_the_users_entries():
    held = adopted(EXPORT)
    plan, _ = synced(held, EXPORT, choices=Choices(rerender=True))
    assert plan.new == EXPORT


# --- entries that bibtools wrote ---------------------------------------------------------------------------


def test_the_date_of_a_publication_comes_only_with_its_place():
    first, held = synced(lock_of(PAPER), b"")
    mine = first.new.replace(b"  eprint ", b"  journal       = {My Journal},\n  eprint ")
    plan, _ = synced(with_record(held, PUBLISHED), mine)
    assert plan.new == mine
    assert {"journal", "year"} <= {c.field for c in plan.conflicts}
    theirs, _ = synced(with_record(held, PUBLISHED), mine, choices=Choices(prefer=(Preference.parse("theirs"),)))
    assert (values(theirs.new)["journal"], values(theirs.new)["year"]) == ("Physical Review D", "2021")


def test_a_doi_that_the_record_no_longer_has_stays():
    first, held = synced(lock_of(replace(PAPER, dois=("10.1000/abc",))), b"")
    plan, _ = synced(with_record(held, PAPER), first.new)
    assert plan.new == first.new


def test_a_record_that_changes_where_no_entry_shows_it_renders_nothing_anew(monkeypatch):
    first, held = synced(lock_of(PAPER), b"")
    monkeypatch.setattr("bibtools.render.render_entry", None)
    changed = replace(PAPER, comment="12 pages", version=2, updated=PartialDate(2026))
    assert not synced(with_record(held, changed), first.new)[0].changed
