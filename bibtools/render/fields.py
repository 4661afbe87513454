"""The fields that entries of all LaTeX formats share: names, titles, verbatim identifiers.

One rule per kind of field: text is encoded as LaTeX, a verbatim field (`doi`, `eprint`, `url`) never is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bibtools import latex, names
from bibtools.bibfile.meaning import MONTHS
from bibtools.errors import Problem
from bibtools.model import OTHERS, Entry, EntryOptions, Field, Name, Record

_CATEGORY = re.compile(r"[A-Za-z][A-Za-z-]*(?:\.[A-Za-z][A-Za-z-]*)?\Z")
_UNSAFE_VERBATIM = re.compile(r"[\x00-\x20\x7f-\xa0{}\\\"^`|]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_ARXIV_DOI = "10.48550/arxiv."
_NEEDS_T1 = re.compile(r"[ąĄęĘįĮųŲđĐðÐþÞŋŊ«»‹›„‚]|\\(?:k|dj|DJ|dh|DH|th|TH|ng|NG)(?![A-Za-z])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """An entry, and the problems found while rendering it (without place; `key` is set)."""

    entry: Entry
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True)
class Draft:
    """The entry being put together: its fields in order, and what LaTeX may not know of its texts."""

    key: str
    options: EntryOptions
    fields: list[Field] = field(default_factory=list)
    unknown: dict[str, None] = field(default_factory=dict)
    commands: dict[str, None] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add(self, name: str, value: str | None, *, macro: bool = False) -> None:
        """One more field, unless it has no value or the settings leave it out."""
        if value and name not in self.excluded:
            self.fields.append(Field(name, value, macro=macro))

    def add_month(self, number: int) -> None:
        """The month in the form asked for; what BibTeX's styles expect is the macro."""
        macro, name = list(MONTHS.items())[number - 1]
        forms = {"macro": macro, "number": str(number), "name": name, "none": None}
        self.add("month", forms[self.options.month], macro=self.options.month == "macro")

    @property
    def excluded(self) -> frozenset[str]:
        """The names of the fields to leave out, in lower case."""
        return frozenset(name.lower() for name in self.options.exclude_fields)

    @property
    def ascii_only(self) -> bool:
        """Whether the target can hold ASCII only."""
        return self.options.encoding == "ascii"

    def encode(self, text: str, *, links: bool = True) -> str:
        """`text` as LaTeX; see :func:`latex.encode`."""
        encoded = latex.encode(text, ascii_only=self.ascii_only, links=links)
        self.unknown.update(dict.fromkeys(encoded.unknown))
        self.commands.update(dict.fromkeys(encoded.commands))
        if self.options.format == "biblatex":
            self.unknown.update(dict.fromkeys(latex.uncomposed(encoded.text)))
        return encoded.text

    def authors(self, record: Record) -> str:
        """The list of names; cut to `max_authors`, and `and others` where it is not the whole list."""
        most = self.options.max_authors
        shown = record.authors[:most] if most else record.authors
        written = [self._name(name) for name in shown]
        written = [name for name in written if name]
        if written and (len(shown) < len(record.authors) or not record.authors_complete):
            written.append(OTHERS)
        return " and ".join(written)

    def _name(self, name: Name) -> str:
        parts = ("family", "given", "particle", "suffix", "literal")
        head = "literal" if name.literal else "family" if name.family else "given"
        encoded = {
            part: self._name_part(text, label=part == head) for part in parts if (text := getattr(name, part))
        }
        return names.bibtex(Name(**encoded))

    def _name_part(self, text: str, *, label: bool) -> str:
        bibtex = self.options.format == "bibtex"
        part = latex.encode_name_part(text, bibtex=bibtex, ascii_only=self.ascii_only, label=label)
        if not part.isascii() or "\\" in part:
            self.encode(part)  # says which of the letters left LaTeX may not know
        return part

    def title(self, record: Record) -> str:
        """The title with the case of names and abbreviations protected, and in any document's commands."""
        return latex.protect_case(self.encode(record.title, links=False))

    def verbatim(self, text: str) -> str:
        """`text` for a field that is never escaped: what could end the field or the file is percent-encoded."""
        safe = _UNSAFE_VERBATIM.sub(_percent, text.strip())
        return _NOT_ASCII.sub(_percent, safe) if self.ascii_only else safe

    def _ordered(self) -> tuple[Field, ...]:
        """The fields that the settings put first, in that order; then the others as they came."""
        rank = {name.lower(): place for place, name in enumerate(dict.fromkeys(self.options.field_order))}
        return tuple(sorted(self.fields, key=lambda field: rank.get(field.name, len(rank))))

    def doi(self, text: str) -> str:
        """A DOI, verbatim; none in BibTeX where a style would take part of it for a comment."""
        doi = self.verbatim(text)
        if self.options.format == "bibtex" and re.search("[%#]", doi):
            self.problems.append(_unwritable_doi(doi, self.key))
            return ""
        return doi

    def finish(self, entry_type: str) -> Rendered:
        """The entry with all that was added, and its problems."""
        if self.unknown:
            self.problems.append(_unknown_characters("".join(self.unknown), self.key))
        if any(_NEEDS_T1.search(f.value) for f in self.fields if f.name not in ("url", "doi", "eprint")):
            self.problems.append(_needs_t1(self.key))
        if self.commands:
            self.problems.append(_unknown_commands(" ".join(f"\\{name}" for name in self.commands), self.key))
        entry = Entry(entry_type=entry_type, key=self.key, fields=self._ordered())
        return Rendered(entry=entry, problems=tuple(self.problems))


def published_doi(record: Record) -> str | None:
    """The first DOI that is not arXiv's own."""
    return next((doi for doi in record.dois if doi.strip() and not doi.lower().startswith(_ARXIV_DOI)), None)


def category(record: Record) -> str:
    """The primary category, or nothing where it does not look like one."""
    return record.primary_category if _CATEGORY.match(record.primary_category) else ""


def journal_ref_problem(record: Record, key: str) -> Problem:
    """Says that arXiv names a publication which the entry does not show."""
    return Problem(
        severity="info",
        code="journal-ref-unread",
        message=f'arXiv says that it was published in "{record.journal_ref}"; the entry shows the preprint',
        hint="add journal, volume and pages by hand if they are wanted; they will be kept",
        key=key,
    )


def _unknown_characters(characters: str, key: str) -> Problem:
    return Problem(
        severity="warning",
        code="latex-unknown-character",
        message=f"pdflatex may not know these characters: {' '.join(characters)}",
        hint="typeset with lualatex or xelatex, or replace them in the entry by hand",
        key=key,
    )


def _unwritable_doi(doi: str, key: str) -> Problem:
    return Problem(
        severity="info",
        code="doi-unwritable",
        message=f"LaTeX stops at the DOI {doi} in many styles; it is left out",
        hint="every other format has it",
        key=key,
    )


def _needs_t1(key: str) -> Problem:
    return Problem(
        severity="info",
        code="latex-needs-t1",
        message=f"{key}: letters such as ę or đ are in no font that LaTeX begins with",
        hint=r"the document needs \usepackage[T1]{fontenc}, or LuaLaTeX",
        key=key,
    )


def _unknown_commands(commands: str, key: str) -> Problem:
    return Problem(
        severity="info",
        code="latex-unknown-command",
        message=f"commands that only the authors' own paper defines were left out: {commands}",
        hint="compare the entry with the paper; what you change by hand will be kept",
        key=key,
    )


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "surrogatepass"))
