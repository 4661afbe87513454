"""A pybtex style that shows arXiv ids as links, once each, and takes entries of BibTeX and of biblatex.

Beyond pybtex's `unsrt`: the link carries the category; a place that only repeats the id (`howpublished`, `url`,
the journal "arXiv preprint …") is left out; `date`, `journaltitle`, `location` and `eprinttype` are understood; an
entry of a type the style does not know, or one that lacks a field, is set as far as it goes.
"""

from __future__ import annotations

import re

from pybtex.database import Entry
from pybtex.database.input.bibtex import month_names
from pybtex.style.formatting import toplevel
from pybtex.style.formatting.unsrt import Style as Unsrt
from pybtex.style.template import FieldIsMissing, field, href, join, optional, optional_field, sentence, tag, words

_ALIASES = {
    "journal": "journaltitle",
    "address": "location",
    "school": "institution",
    "archiveprefix": "eprinttype",
    "primaryclass": "eprintclass",
}
_ARXIV_TEXT = re.compile(r"(?:arXiv preprint )?arXiv:(?P<id>[^\s\[\]]+)", re.IGNORECASE)
_ARXIV_URL = re.compile(r"https?://(?:www\.)?arxiv\.org/(?:abs|pdf)/(?P<id>[^\s?#]+)", re.IGNORECASE)
_MONTHS = list(month_names.values())


class Style(Unsrt):
    """References in the order of citation, arXiv ids as links."""

    def format_entry(self, label, entry, bib_data=None):
        """One reference; in a general form where the entry lacks what its type asks for."""
        entry = _normalised(entry)
        try:
            return super().format_entry(label, entry, bib_data)
        except (AttributeError, FieldIsMissing):
            general = Entry("misc", fields=entry.fields, persons=entry.persons)
            general.key = entry.key
            return super().format_entry(label, general, bib_data)

    def get_misc_template(self, e):
        """What is known, in the order of a reference."""
        return toplevel[
            optional[sentence[self.format_names("author")]],
            optional[self.format_title(e, "title")],
            sentence[
                optional[tag("em")[field("journal")]],
                optional[tag("em")[field("booktitle")]],
                optional_field("howpublished"),
                optional_field("publisher"),
                optional[words[optional_field("month"), field("year")]],
            ],
            sentence[optional_field("note")],
            self.format_web_refs(e),
        ]

    def get_report_template(self, e):
        """Biblatex's reports."""
        return self.get_techreport_template(e)

    def get_thesis_template(self, e):
        """Biblatex's theses."""
        return self.get_phdthesis_template(e)

    def format_title(self, e, which_field, as_sentence=True):
        """The title as it stands: case was settled by whoever wrote it."""
        title = field(which_field)
        return sentence[title] if as_sentence else title

    def format_eprint(self, e):
        """The arXiv id with its category, as a link; other archives' ids as text."""
        if e.fields.get("archiveprefix", "arxiv").lower() != "arxiv":
            return join[field("archiveprefix"), ":", field("eprint", raw=True)]
        url = join["https://arxiv.org/abs/", field("eprint", raw=True)]
        category = optional[" [", field("primaryclass", raw=True), "]"]
        return href(url)[join["arXiv:", field("eprint", raw=True), category]]


def _normalised(entry):
    """The entry in BibTeX's words, its arXiv id in `eprint` alone."""
    fields = dict(entry.fields.items())
    for old, new in _ALIASES.items():
        if old not in fields and new in fields:
            fields[old] = fields.pop(new)
    if "year" not in fields and (date := re.match(r"(\d{4})(?:-(\d{2}))?", fields.get("date", ""))):
        fields["year"] = date[1]
        if date[2] and 1 <= int(date[2]) <= 12:
            fields.setdefault("month", _MONTHS[int(date[2]) - 1])
    for name in ("journal", "howpublished", "url"):
        pattern = _ARXIV_URL if name == "url" else _ARXIV_TEXT
        match = pattern.match(fields.get(name, ""))
        if match and fields.setdefault("eprint", match["id"]) == match["id"]:
            fields.setdefault("archiveprefix", "arXiv")
            del fields[name]
    made = Entry(entry.original_type, fields=fields, persons=entry.persons)
    made.key = entry.key
    return made
