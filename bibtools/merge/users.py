"""What becomes of an entry that the user wrote: corrections of what it says, and what the user asks for.

Settings never change it, and it is given nothing unasked. Where the record's words change, the entry follows in
the fields that said what the record said before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from bibtools.formats.dates import MONTHS
from bibtools.formats.dialects import biblatex_name
from bibtools.merge.agreement import date_says, moment, says
from bibtools.merge.groups import (
    DATE,
    TYPE,
    Fields,
    by_name,
    container_of,
    groups,
    holds_only_id,
    is_arxiv,
    is_date,
    is_place,
    is_within,
    part,
    place_of,
    value_of,
)
from bibtools.merge.owned import undecided
from bibtools.merge.values import Conflict, Outcome, Side
from bibtools.model import Entry, Field

PUBLISHED = "published"
"""The word under `fill` that stands for place, date and type together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """What may be added to the user's entry: the fields `fill` names, and with `published` place, date and type.

    `preprint` is the entry as that of a preprint: its date is the record's word too.
    """

    fill: frozenset[str] = frozenset()
    published: bool = False
    preprint: Entry | None = None


def merge_users(
    base: Entry,
    ours: Entry,
    theirs: Entry,
    *,
    withheld: Iterable[str],
    filled: Iterable[str] = (),
    allowed: Allowed | None = None,
    side: Callable[[str], Side | None] = undecided,
) -> Outcome:
    """Merge an entry that the user wrote; `base` is what the record said when it was last carried out.

    `withheld` names the fields of the base that the entry never had, `filled` those that bibtools gave it. A value
    that says what the record said before follows the record; one that says so in other words stands and is listed
    as corrected; one that says something else is a conflict where the record now says a third thing. Where the
    record says where the work was published, the entry takes that only where it is allowed.
    """
    merge = _Merge(
        ours=ours,
        theirs=theirs,
        b=by_name(base),
        o=by_name(ours),
        t=by_name(theirs),
        withheld=dict.fromkeys(withheld),
        filled=dict.fromkeys(filled),
        allowed=allowed or Allowed(),
        side=side,
    )
    merge.base_type = base.entry_type
    merge.follow()
    merge.publish()
    merge.fill()
    return merge.outcome()


@dataclass(slots=True, kw_only=True)
class _Merge:
    """One merge in the making; fields are by biblatex's names, `withheld` and `filled` by the rendering's."""

    ours: Entry
    theirs: Entry
    b: Fields
    o: Fields
    t: Fields
    withheld: dict[str, None]
    filled: dict[str, None]
    allowed: Allowed
    side: Callable[[str], Side | None]
    base_type: str = ""
    new_base: dict[str, Field] = field(default_factory=dict)
    write: dict[str, Field] = field(default_factory=dict)
    remove: dict[str, None] = field(default_factory=dict)
    pending: bool = False
    is_published: bool = False
    conflicts: list[Conflict] = field(default_factory=list)
    settled: list[Conflict] = field(default_factory=list)
    corrected: list[Conflict] = field(default_factory=list)

    # --- corrections ------------------------------------------------------------------------------------------

    def follow(self) -> None:
        """Take the record's corrections of people, title, class and whatever stands alone; the date as a whole."""
        place = self._place_changed()
        for name in dict.fromkeys((*self.t, *self.b)):
            if name == TYPE or is_date(name):
                continue
            if is_place(name):
                if not place:
                    self._take(name)
            else:
                self._follow_field(name)
        if not place:
            self._follow_date()

    def _place_changed(self) -> bool:
        """Whether the record says another place than before: that is a publication, no correction."""
        before, now = place_of(self.b), place_of(self.t)
        return {n: value_of(f) for n, f in before.items()} != {n: value_of(f) for n, f in now.items()}

    def _take(self, name: str) -> None:
        """What the record says is base; nothing comes into the file."""
        if name in self.t:
            self.new_base[name] = self.t[name]

    def _stay(self, name: str) -> None:
        """The base stays, so that what the record says now is still new in the next run."""
        if name in self.b:
            self.new_base[name] = self.b[name]
        self.pending = True

    def _follow_field(self, name: str) -> None:
        old, mine, new = self.b.get(name), self.o.get(name), self.t.get(name)
        if new is None and old is not None:  # what the record said once says nothing against the entry
            self.new_base[name] = old
        elif mine is None or new is None or value_of(old) == value_of(new) or says(mine, new) == "same":
            self._take(name)
        elif old is not None and says(mine, old) == "same":
            self._take(name)
            self._put(name, new)
        elif holds_only_id(self.t, name):
            self._take(name)
        elif old is not None and says(mine, old) == "variant":
            self._dispute(name, old, mine, new, self.corrected)
        elif says(mine, new) == "variant":
            self._take(name)
        else:
            self._dispute(name, old, mine, new, self.conflicts)

    def _dispute(self, name: str, old: Field | None, mine: Field, new: Field, open_ones: list[Conflict]) -> None:
        conflict = Conflict(
            key=self.ours.key,
            field=mine.name,
            base=None if old is None else old.value,
            ours=mine.value,
            theirs=new.value,
        )
        side = self.side(mine.name)
        if side is None:
            open_ones.append(conflict)
            self._stay(name)
            return
        self.settled.append(conflict)
        self._take(name)
        if side == "theirs":
            self._put(name, new)

    def _put(self, name: str, new: Field) -> None:
        """A value into the user's own field, whatever that is called."""
        self.write[name] = replace(new, name=self.o[name].name if name in self.o else new.name)

    def _follow_date(self) -> None:
        old, mine, new = self._dates()
        if not mine or not new or date_says(old, new) == "same" or date_says(mine, new) == "same":
            self._take_date()
        elif old and is_within(mine, old):
            self._take_date()
            self._put_date(mine, new)
        elif name := next((n for n in ("date", "year") if n in mine), None):
            self._dispute_date(name, old, mine, new)
        else:
            self._take_date()

    def _dates(self) -> list[dict[str, Field]]:
        of = groups(self.b, self.o, self.t)
        return [part(fields, of, DATE) for fields in (self.b, self.o, self.t)]

    def _take_date(self) -> None:
        self.new_base.update(self._dates()[2])

    def _dispute_date(self, name: str, old: Fields, mine: Fields, new: Fields) -> None:
        values = [_iso(fields) for fields in (old, mine, new)]
        conflict = Conflict(key=self.ours.key, field=name, base=values[0], ours=values[1], theirs=values[2])
        side = self.side(name)
        if side is None:
            self.conflicts.append(conflict)
            self.new_base.update(old)
            self.pending = True
            return
        self.settled.append(conflict)
        self._take_date()
        if side == "theirs":
            self._put_date(mine, new)

    def _put_date(self, mine: Fields, new: Fields, *, whole: bool = False) -> None:
        """A date into the user's fields, as exactly as these were; with `whole` as exactly as it is known."""
        parts = moment(new)
        if not isinstance(parts, tuple):
            return
        known = moment(mine)
        if not whole and isinstance(known, tuple):
            parts = parts[: len(known)]
        if "date" in mine or (whole and "year" not in mine and "date" in new):
            self.write["date"] = Field(
                "date", "-".join(f"{p:04d}" if n == 0 else f"{p:02d}" for n, p in enumerate(parts))
            )
            stale = [n for n in ("year", "month", "day") if n in mine]
        else:
            self.write["year"] = Field("year", f"{parts[0]:04d}")
            if len(parts) > 1:
                self.write["month"] = new.get("month") or Field("month", MONTHS[parts[1] - 1], macro=True)
            if len(parts) > 2 and "day" in mine:
                self.write["day"] = Field("day", str(parts[2]))
            stale = [n for n in ("month", "day") if n in mine and n not in self.write]
        self.remove.update(dict.fromkeys(mine[n].name for n in stale))

    # --- publication ------------------------------------------------------------------------------------------

    def publish(self) -> None:
        """Take place, date and type where that is allowed and nothing in the entry says otherwise."""
        offered, mine = place_of(self.t), place_of(self.o)
        follows = bool(self.filled) and self._is_filled_place(mine)
        news = any(n not in mine or says(mine[n], offered[n]) == "another" for n in offered)
        if not offered or not news:
            if self._place_changed():
                self._take_place()
            return
        if follows or (self.allowed.published and self._agrees(mine, offered)):
            self._take_place()
            self._put_place(offered)
            return
        container = container_of(self.o)
        self.is_published = container is None or says(container, container_of(self.t)) == "another"
        if self._place_changed():
            for name in dict.fromkeys((*self.b, *self.t)):
                if is_place(name) or is_date(name):
                    self._stay(name)
        else:
            self._take_place()

    def _is_filled_place(self, mine: Fields) -> bool:
        """Whether the place is what bibtools filled in, and the record says another one now."""
        before = place_of(self.b)
        if container_of(self.b) is None or not self._place_changed():
            return False
        old, dated, _ = self._dates()
        unedited = all(value_of(mine.get(n)) == value_of(f) for n, f in before.items())
        return unedited and all(n in self.filled for n in before) and is_within(dated, old)

    def _agrees(self, mine: Fields, offered: Fields) -> bool:
        """Whether what the entry says of place and date is nothing but what the record says or said."""
        known = (offered, place_of(self.b))
        if not all(any(n in said and says(f, said[n]) != "another" for said in known) for n, f in mine.items()):
            return False
        old, dated, new = self._dates()
        preprint = by_name(self.allowed.preprint) if self.allowed.preprint is not None else {}
        dates = (old, new, {n: f for n, f in preprint.items() if is_date(n)})
        return not dated or any(said and is_within(dated, said) for said in dates)

    def _take_place(self) -> None:
        for name in self.t:
            if is_place(name) or is_date(name):
                self._take(name)

    def _put_place(self, offered: Fields) -> None:
        """Place, date and type of the record; a field that held only the arXiv id gives way to `eprint`."""
        gives_way = [n for n in ("journaltitle", "volume", "howpublished") if holds_only_id(self.o, n)]
        for name, new in offered.items():
            if name not in self.o or name in gives_way or value_of(self.o[name]) != value_of(new):
                self._put(name, new)
        self.remove.update(dict.fromkeys(self.o[n].name for n in gives_way if n not in offered))
        if gives_way:
            for name, new in self.t.items():
                if is_arxiv(name) and name not in self.o:
                    self._put(name, new)
        _, dated, new_date = self._dates()
        if new_date and (not dated or moment(dated) != moment(new_date)):
            self._put_date(dated, new_date, whole=True)
        if self.o[TYPE].value != self.t[TYPE].value:
            self.write[TYPE] = self.t[TYPE]

    # --- filling ----------------------------------------------------------------------------------------------

    def fill(self) -> None:
        """Give the entry the fields that the settings allow, once: what the user takes out again stays away."""
        allowed = {biblatex_name(name) for name in self.allowed.fill}
        known = {biblatex_name(name) for name in self.withheld} | {n for n in self.t if n not in self.b}
        dated = any(is_date(n) for n in self.o)
        for name, new in self.t.items():
            if name not in allowed or name not in known or name in self.o or name == TYPE:
                continue
            if name in ("year", "date") and dated:
                continue
            self._take(name)
            self._put(name, new)

    # --- the result -------------------------------------------------------------------------------------------

    def _given(self) -> dict[str, Field]:
        return {n: f for n, f in self.write.items() if n not in self.o and n != TYPE}

    def outcome(self) -> Outcome:
        given = self._given()
        absent = [n for n in (*self.new_base, *self.t) if n not in self.o and n not in given and n != TYPE]
        known = {biblatex_name(name) for name in self.withheld} | {n for n in self.t if n not in self.b}
        filled = {
            n: None
            for n in (*map(biblatex_name, self.filled), *given, *self._replaced())
            if n in self.o or n in given
        }
        type_ = self.write.get(TYPE)
        ordered = dict.fromkeys(n for n in (*self.t, *self.b) if n in self.new_base and n != TYPE)
        return Outcome(
            base=Entry(
                entry_type=self.base_type if self.pending and not type_ else self.theirs.entry_type,
                key=self.ours.key,
                fields=tuple(self.new_base[n] for n in ordered),
            ),
            offered=replace(self.theirs, key=self.ours.key) if self.pending else None,
            entry_type=type_.value if type_ else None,
            write=tuple(f for n, f in self.write.items() if n != TYPE),
            remove=tuple(n for n in self.remove if n not in {f.name for f in self.write.values()}),
            withheld=tuple(sorted({n for n in absent if n in known})),
            filled=tuple(sorted(filled)),
            conflicts=tuple(self.conflicts),
            settled=tuple(self.settled),
            corrected=tuple(self.corrected),
            is_published=self.is_published,
        )

    def _replaced(self) -> Iterator[str]:
        """Fields of the place that came in the stead of one that held only the id."""
        return (n for n in self.write if is_place(n) and n in self.o and holds_only_id(self.o, n))


def _iso(fields: Fields) -> str | None:
    parts = moment(fields)
    return "-".join(f"{p:02d}" for p in parts) if isinstance(parts, tuple) else parts
