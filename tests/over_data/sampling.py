"""How much of the data a check takes: what takes long takes a sample, or with `BIBTOOLS_TEST_ALL=1` all."""

from __future__ import annotations

import os

ALL = bool(os.environ.get("BIBTOOLS_TEST_ALL"))


def sample(rows, step):
    """Every `step`-th of the rows, or all of them."""
    return rows if ALL else rows[::step]
