"""Over real `.bib` files: where a pattern is found, it makes most of the keys that stand there."""

from __future__ import annotations

import re
from dataclasses import replace

from bibtools import bibfile, citekeys, names
from bibtools.errors import UnusableFileError
from bibtools.extract.structured import date_of, plain
from bibtools.model import Record
from bibtools.workflow.key_pattern import pattern_of

FOUND = {
    "ascelike.bib": "{Family}:{year}{letter}",
    "bbt_jabref5_groups.bib": "{Family}{year}",
    "biber_papers.bib": "{Family}{Initials}{yy}",
    "bjfuthesis_cjk-dupkeys.bib": "{family}{year}{word}",
    "typst_comments_inner.bib": "{family}{year}{word}",
}


def bibliographies(data_folder):
    for path in sorted((data_folder / "bib").glob("*.bib")):
        try:
            text = bibfile.decode(path.read_bytes(), file=path.name).text
        except UnusableFileError:
            continue
        bib = bibfile.parse(text)
        macros = bibfile.macros(bib)
        yield path.name, [bibfile.entry_of(block, text, macros) for block in bib.entries]


def described(entries):
    """Key and record of each entry that says who wrote what when."""
    for number, entry in enumerate(entries):
        date, title, author = date_of(entry), plain(entry.get("title") or ""), entry.get("author") or ""
        if entry.key and date and title and author:
            people = names.parse_bibtex(author)
            made = Record(id=f"local:{number}", title=title, authors=people.names, published=date)
            yield entry.key, replace(made, authors_complete=people.complete)


def test_the_pattern_that_is_found_makes_four_of_five_keys(data_folder):
    found = {}
    for name, entries in bibliographies(data_folder):
        pattern = pattern_of(entries)
        if pattern is None:
            continue
        found[name] = pattern.pattern
        there = list(dict(described(entries)).items())  # some keys stand twice
        made = citekeys.assign([record for _, record in there], {}, pattern.pattern)
        # Which of several gets which letter depends on what else the library held when the key was made.
        same = [key for key, record in there if re.match(re.escape(base(made[record.id], key)) + "[a-z]?$", key)]
        assert len(same) >= 0.8 * len(there), (name, pattern)
    assert found == FOUND


def base(made, key):
    """A made key without the letter that keeps it apart, or with the one that the written key has there."""
    return made if key.startswith(made) else made[:-1]
