"""Which field of an entry a variable of CSL is read into."""

from __future__ import annotations

from bibtools.formats.csl.tables import ARTICLES, BOOKS, PARTS, VARIABLES

_PUBLISHERS = {
    "thesis": "institution",
    "report": "institution",
    "manual": "organization",
    "online": "organization",
}


def field_for(variable: str, kind: str) -> str | None:
    """The field for a text variable in an entry of biblatex's type `kind`; None for a variable nobody knows."""
    if variable == "container-title":
        if kind in PARTS:
            return "booktitle"
        return "maintitle" if kind in BOOKS else "journaltitle"
    if variable == "publisher":
        return _PUBLISHERS.get(kind, "publisher")
    if variable == "publisher-place":
        return "location"
    if variable == "issue":
        return "number" if kind in ARTICLES else "issue"
    if variable == "number":
        return "eid" if kind in ARTICLES | BOOKS else "number"
    if variable == "collection-number" and kind not in BOOKS:
        return None
    found = VARIABLES.get(variable)
    return found[1][0] if found else None
