"""What a user may want to know of an entry that a sync left as it is: corrections, publications, settings."""

from __future__ import annotations

from collections.abc import Sequence

from bibtools.config import Target
from bibtools.errors import Place, Problem
from bibtools.merge import Outcome
from bibtools.merge.groups import by_name, container_of
from bibtools.model import Entry
from bibtools.plan.entries import PlannedEntry

_SHOWN = 6  # keys named in a line


def remarks_about(
    planned: PlannedEntry, ours: Entry, target: Target
) -> tuple[tuple[Problem, ...], tuple[str, ...]]:
    """The remarks, severity `info`, and the flags `corrected` and `published`, as far as they apply."""
    outcome, flags = planned.outcome, []
    remarks = [_not_applied(group, ours.key) for group in outcome.kept]
    for change in outcome.corrected:
        message = f'{ours.key}: {change.field} says "{change.ours}", the record now says "{change.theirs}"'
        hint = f"take it with: bibtools sync --prefer theirs={ours.key}.{change.field}, or keep yours with ours=…"
        remarks.append(_remark("corrected", message, ours.key, hint))
        flags.append("corrected")
    if outcome.is_published and target.prefer == "published":
        message = f"{ours.key} was published: {_place(planned.theirs)}"
        remarks.append(
            _remark("published", message, ours.key, f"take it with: bibtools sync --published {ours.key}")
        )
        flags.append("published")
    return tuple(remarks), tuple(dict.fromkeys(flags))


def _remark(code: str, message: str, key: str, hint: str) -> Problem:
    return Problem(severity="info", code=code, message=message, key=key, hint=hint)


def _not_applied(group: str, key: str) -> Problem:
    message = f"{key}: you changed the {group}, so the settings do not change it"
    hint = "the settings apply again where your change is undone"
    return _remark("setting-not-applied", message, key, hint)


def _place(theirs: Entry) -> str:
    """The publication in one line, such as `J. Test 12 (2021), 3–9, doi 10.1000/abc`."""
    said = by_name(theirs)
    container = container_of(said)
    parts = [container.value if container else ""]
    parts += [said[name].value for name in ("volume", "number", "pages", "eid", "year", "date") if name in said]
    parts += [f"doi {said['doi'].value}"] if "doi" in said else []
    return ", ".join(part for part in parts if part)


def lacks_year(ours: Entry, outcome: Outcome) -> bool:
    """Whether an entry says its year to biblatex only, also after the merge."""
    names = ({f.name for f in ours.fields} - set(outcome.remove)) | {f.name for f in outcome.write}
    return "date" in names and "year" not in names


def unreadable_dates(keys: Sequence[str], path: str) -> tuple[Problem, ...]:
    """One warning for all entries of a BibTeX file whose year BibTeX does not see."""
    if not keys:
        return ()
    named = ", ".join(sorted(keys)[:_SHOWN]) + (", …" if len(keys) > _SHOWN else "")
    message = f"BibTeX reads no `date`, so these entries have no year: {named}"
    hint = f'bibtools convert {path} --to bibtex -o {path}, or set format = "biblatex"'
    return (
        Problem(
            severity="warning", code="setting-not-applied", message=message, where=Place(file=path), hint=hint
        ),
    )
