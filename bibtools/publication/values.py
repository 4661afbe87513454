"""The publication that a reference names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PublicationType = Literal["article", "inproceedings"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """Where and when a work was published, as far as its reference says; what it does not say is empty or None.

    `venue` is the journal of an article, or the title of the proceedings, in full and as Unicode. `pages` is one
    page or a range with two hyphens; `eid` is the number of an article that has no pages of its own. `series`
    and `volume` of an `inproceedings` are those of the proceedings. `month` is from 1 to 12. `doi` is set where
    the reference itself holds one.
    """

    entry_type: PublicationType
    venue: str
    year: int
    series: str = ""
    volume: str = ""
    number: str = ""
    pages: str = ""
    eid: str = ""
    month: int | None = None
    doi: str = ""
