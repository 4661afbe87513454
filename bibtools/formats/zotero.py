"""CSL-JSON whose names Zotero imports whole.

Zotero's importer (`itemFromCSLJSON` in its utilities, June 2026) reads of a name `family`, `given` and `literal`,
and leaves particles and suffixes behind: "van Liemt" becomes "Liemt". Where it looks for them when it cites, and
where its importers of RIS and BibTeX put them, is before the family name and behind the given name.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from bibtools.formats.csl.item import item_of
from bibtools.formats.items import Exported, Item


def render(items: Sequence[Item]) -> Exported:
    """The items as one array, one line for each value."""
    made = [_whole_names(item_of(item.entry)) for item in items]
    return Exported(text=json.dumps(made, ensure_ascii=False, indent=2) + "\n")


def _whole_names(item: Mapping[str, object]) -> dict[str, object]:
    return {variable: _names(value) if _are_names(value) else value for variable, value in item.items()}


def _are_names(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(name, dict) for name in value)


def _names(value: object) -> list[dict[str, str]]:
    assert isinstance(value, list)
    return [whole(name) for name in value]


def whole(name: Mapping[str, str]) -> dict[str, str]:
    """A name of CSL's in two parts.

    >>> whole({"family": "Liemt", "given": "Gijs", "non-dropping-particle": "van"})
    {'family': 'van Liemt', 'given': 'Gijs'}
    >>> whole({"family": "Davis", "given": "Sammy", "suffix": "Jr."})
    {'family': 'Davis', 'given': 'Sammy, Jr.'}
    """
    if "literal" in name:
        return dict(name)
    family = _joined(name.get("non-dropping-particle"), name.get("family"))
    given = _joined(name.get("given"), name.get("dropping-particle"))
    suffix = name.get("suffix", "")
    if suffix and given:
        given = f"{given}, {suffix}"
    elif suffix:
        family = _joined(family, suffix)
    return {part: text for part, text in (("family", family), ("given", given)) if text}


def _joined(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)
