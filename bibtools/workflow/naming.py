"""What a user names by a citation key: a record of the lock, or a work of the user's own."""

from __future__ import annotations

from collections.abc import Iterable

from bibtools.errors import UsageError
from bibtools.lock import Lock
from bibtools.text import meant, near


def find_record(word: str, held: Lock, own: Iterable[str] = ()) -> str | None:
    """The id of the record that a word names: by its id (with or without scheme), its key or an earlier one.

    The key that it has in a target will do, and another case of any where only one record fits. None where no
    record does, or several. Of works of the user's own, which have the keys `own`, the id is `entry:KEY`.
    """
    return meant(word, _names(held, own))


def record_named(word: str, held: Lock, own: Iterable[str] = (), *, code: str = "no-such-key") -> str:
    """The same; UsageError with this code where no record is meant, with the keys that may be."""
    names = _names(held, own)
    found = meant(word, names)
    if found is None:
        maybe = near(word, names)
        hint = f"did you mean {' or '.join(maybe)}?" if maybe else "bibtools keys lists them"
        raise UsageError(code, f'no entry "{word}" is known', hint=hint)
    return found


def _names(held: Lock, own: Iterable[str]) -> dict[str, str]:
    """Name → record id; of records with one name that one for which it counts most."""
    names: dict[str, str] = {}
    for record_id, locked in held.records.items():
        names |= {alias: record_id for alias in locked.aliases if alias not in names}
    names |= {
        base.entry.key: i for bases in held.targets.values() for i, base in bases.items() if i in held.records
    }
    works = {key: f"entry:{key}" for key in own}
    names |= works | {each: each for each in works.values()}
    names |= {i.partition(":")[2]: i for i in held.records}
    names |= {locked.key: i for i, locked in held.records.items() if locked.key}
    return names | {i: i for i in held.records}
