"""A record of RIS while it is being read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bibtools.latex.plain import from_plain

SHORT = 40
"""How much of a value is shown that no field says."""


@dataclass(slots=True)
class Reading:
    """The values of a record by tag, and the fields they become.

    A tag that was taken is `used`, one of which only the first value was is `once`; `left` is what no field says.
    """

    values: dict[str, list[str]]
    kind: str = "misc"
    found: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    once: set[str] = field(default_factory=set)
    left: list[str] = field(default_factory=list)

    def first(self, *tags: str) -> str:
        """The value of the first of the tags that has one."""
        tag = next((tag for tag in tags if tag in self.values), None)
        if tag is None:
            return ""
        self.once.add(tag)
        return self.take(tag)[0]

    def take(self, tag: str) -> list[str]:
        """All values of a tag."""
        self.used.add(tag)
        return self.values.get(tag, [])

    def add(self, name: str, text: str) -> None:
        """A field out of a text, unless there is one already."""
        if name not in self.found and (value := from_plain(text)):
            self.found[name] = value

    def add_pages(self, text: str) -> None:
        """The pages; `--` between two numbers is LaTeX's."""
        if "pages" not in self.found and (value := "--".join(map(from_plain, text.split("--")))):
            self.found["pages"] = value

    def add_verbatim(self, name: str, text: str) -> None:
        """A field that LaTeX does not escape."""
        if name not in self.found and (value := re.sub(r"[\s{}\\]", "", text)):
            self.found[name] = value
