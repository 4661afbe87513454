"""Three-way merges of entries: who wrote what, what changed, and whose value stands.

:mod:`~bibtools.merge.owned` and :mod:`~bibtools.merge.users` decide what a sync does to an entry that bibtools
wrote and to one that the user wrote, group by group (:mod:`~bibtools.merge.groups`);
:mod:`~bibtools.merge.agreement` tells whether two values say the same. :mod:`~bibtools.merge.fieldwise` merges two
branches for git.
"""

from __future__ import annotations

from bibtools.merge.agreement import Says, says
from bibtools.merge.fieldwise import Merged, merge_entry
from bibtools.merge.handover import handed_over
from bibtools.merge.owned import Change, merge_owned
from bibtools.merge.users import Allowed, merge_users
from bibtools.merge.values import Conflict, Outcome, Side, comparable, same_entry

__all__ = [
    "Allowed",
    "Change",
    "Conflict",
    "Merged",
    "Outcome",
    "Says",
    "Side",
    "comparable",
    "handed_over",
    "merge_entry",
    "merge_owned",
    "merge_users",
    "same_entry",
    "says",
]
