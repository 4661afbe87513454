"""What a sync would do to one target, as a value: the new text, what changed and why, and the new bases.

Checking, showing a diff, writing and the JSON documents all consume the same plan, so they cannot disagree. The
user's file is never written anew: it is edited, and :func:`verified` proves that nothing else changed.
"""

from __future__ import annotations

from bibtools.plan.gate import verified
from bibtools.plan.matching import FileEntries, Matches, match
from bibtools.plan.target import plan_target
from bibtools.plan.values import Change, Choices, Preference, TargetPlan, Updated

__all__ = [
    "Change",
    "Choices",
    "FileEntries",
    "Matches",
    "Preference",
    "TargetPlan",
    "Updated",
    "match",
    "plan_target",
    "verified",
]
