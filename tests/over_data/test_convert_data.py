"""Every real .bib file as CSL: nothing dropped, valid, the same when read back, and as pandoc reads it.

Where pandoc and we differ, the difference is covered by one of :data:`RULES`; one that covers nothing fails too.
"""

import json
import re
import subprocess
import unicodedata
from collections import Counter
from dataclasses import replace
from operator import attrgetter
from pathlib import Path

import jsonschema
import pytest

from bibtools import bibfile, formats
from bibtools.errors import UnusableFileError
from bibtools.formats.csl import people
from bibtools.formats.csl.entry import entry_of
from bibtools.formats.csl.item import item_of
from bibtools.formats.csl.tables import ROLES
from bibtools.formats.csl.values import MARKDOWN, RESOLVER, RICH
from bibtools.formats.dialects import to_biblatex
from bibtools.formats.items import Item
from bibtools.latex import same_text
from tests.test_clients import needs

SCHEMA = json.loads((Path(__file__).parent.parent / "csl-data.schema.json").read_text(encoding="utf-8"))
NAMES = frozenset(ROLES.values())
DATES = ("date", "year", "month", "day")


@pytest.fixture(scope="module")
def bibliographies(data_folder):
    """The entries of each file that can be read, by the file's name."""
    found = {}
    for path in sorted((data_folder / "bib").glob("*.bib")):
        try:
            text = bibfile.decode(path.read_bytes(), file=path.name).text
        except UnusableFileError:
            continue
        found[path.name] = [parsed.entry for parsed in formats.parse(text, "bibtex").entries]
    assert len(found) > 80
    return found


# -- nothing is dropped ------------------------------------------------------------------------------------------


def values(entry):
    """The fields in biblatex's words, the first of each name."""
    found = {}
    held = tuple(field for field in entry.fields if field.value.strip())
    for field in to_biblatex(replace(entry, fields=held)).fields:
        value = bibfile.expanded(field) if field.macro and field.name != "month" else field.value
        if value.strip():
            found.setdefault(field.name, value)
    return found


def pages(value):
    return re.sub(r"\s*(?:-+|–|—)\s*", "-", value)


def is_same(name, said, read, ours, again):
    """Whether a field says the same before and after; `ours` and `again` are the items of both."""
    if same_text(said, read):
        return True
    if name in NAMES:
        return people.to_csl(said) == people.to_csl(read)
    if name in DATES or name.endswith("date"):
        return {k: ours.get(k) for k in ("issued", "accessed", "event-date", "original-date")} == {
            k: again.get(k) for k in ("issued", "accessed", "event-date", "original-date")
        }
    if name == "pages":
        return same_text(pages(said), pages(read))
    if name == "doi":  # the address of the resolver
        return RESOLVER.sub("", said) == read
    if name == "url":  # how a tilde is typed, escapes of LaTeX
        return ours.get("URL") == again.get("URL")
    # what only says that a preprint is on arXiv, in any of the shapes that this is written in
    return ours.get("archive") == "arXiv" and name in (
        "eprint", "eprinttype", "journaltitle", "howpublished", "url", "archive",
    )  # fmt: skip


@pytest.mark.parametrize("markup", [RICH, MARKDOWN], ids=["json", "yaml"])
def test_nothing_is_dropped(bibliographies, markup):
    lost = []
    for file, entries in bibliographies.items():
        for entry in entries:
            ours = item_of(entry, markup)
            read, unknown = entry_of(ours, markup)
            again = item_of(read, markup)
            before, after = values(entry), values(read)
            lost += [(file, entry.key, "unknown", name) for name in unknown]
            for name in before.keys() | after.keys():
                if not is_same(name, before.get(name, ""), after.get(name, ""), ours, again):
                    lost.append((file, entry.key, name, before.get(name), after.get(name)))
            if ours != again:
                lost.append((file, entry.key, "item", ours, again))
    assert lost == []


@pytest.mark.parametrize("format", ["csl-json", "csl-yaml"])
def test_rendering_what_was_read_gives_the_same_document(bibliographies, format):
    changed = []
    for file, entries in bibliographies.items():
        document = formats.render([Item(entry=entry) for entry in entries], format).text
        parsed = formats.parse(document, format)
        again = formats.render([Item(entry=read.entry) for read in parsed.entries], format).text
        if again != document or parsed.problems:
            changed.append((file, parsed.problems[:3]))
    assert changed == []


def test_all_items_are_valid(bibliographies):
    validator = jsonschema.validators.validator_for(SCHEMA)(SCHEMA)
    for entries in bibliographies.values():
        errors = [error.message for error in validator.iter_errors([item_of(entry) for entry in entries])]
        assert errors == []


# -- as pandoc prints it -----------------------------------------------------------------------------------------


@needs("pandoc")
@pytest.mark.parametrize("format", ["csl-json", "csl-yaml"])
def test_pandoc_prints_every_item(bibliographies, format, tmp_path):
    """All entries under keys of their own, some hundred in a document: its time grows faster than their number."""
    everything = [entry for entries in bibliographies.values() for entry in entries]
    items = [Item(entry=replace(entry, key=f"n{place}x")) for place, entry in enumerate(everything)]
    (tmp_path / "paper.md").write_text("---\nnocite: '@*'\n---\n", encoding="utf-8")
    for place in range(0, len(items), 200):
        some = items[place : place + 200]
        name = f"refs{place}.{format.removeprefix('csl-')}"
        (tmp_path / name).write_text(formats.render(some, format).text, encoding="utf-8")
        command = ["pandoc", "--citeproc", f"--bibliography={name}", "-t", "html", "paper.md"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
        assert {item.entry.key for item in some} - set(re.findall(r'id="ref-(n[0-9]+x)"', done.stdout)) == set()
        assert re.findall(r"^\[WARNING\] (?!Could not convert TeX math).*", done.stderr, re.MULTILINE) == []


# -- as pandoc reads it ------------------------------------------------------------------------------------------


def plain(value):
    """Words without markup, case, the shape of quotes and dashes, and accents in one form."""
    if isinstance(value, list):
        return [plain(part) for part in value]
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items()}
    if not isinstance(value, str):
        return value
    text = re.sub(r"</?(?:i|b|sup|sub|span)\b[^>]*>", "", value)
    text = unicodedata.normalize("NFC", text.translate(str.maketrans("‘’“”–—\u00a0\u202f", "''\"\"--  ")))
    return " ".join(text.replace("ı́", "í").split()).casefold()


def bare(value):
    """Letters and figures only: what is left where two programs render TeX in their own ways."""
    return (
        re.sub(r"\\[a-z]+|[\W_]", "", unicodedata.normalize("NFKD", plain(value)))
        if isinstance(value, str)
        else None
    )


def whole(names):
    """Each name's words in one set order, whatever part of the name they were taken for."""
    return [sorted(re.findall(r"[^\W_]+", plain(" ".join(map(str, name.values()))))) for name in names or ()]


def in_custom(ours, *names):
    return any(name in ours.get("custom", {}) for name in names)


def is_repeated_arxiv(name, ours):
    return ours.get("archive") == "arXiv" and name in (
        "archive", "archive_location", "number", "publisher", "genre", "DOI", "URL", "type", "container-title",
    )  # fmt: skip


RULES = {
    "pandoc reads no article numbers; ours stand where pages do": lambda n, a, b, o, t, e: (
        n == "page" and b is None and bool(e.get("eid"))
    ),
    "pandoc does not know @conference": lambda n, a, b, o, t, e: (
        n == "container-title" and b is None and e.entry_type.lower() == "conference"
    ),
    "pandoc leaves the type of what CSL 1.0 did not know empty; ours is `document`": lambda n, a, b, o, t, e: (
        n == "type" and b == ""
    ),
    "types that CSL 1.0.2 has and pandoc 2.17 does not know; a manual is a report": lambda n, a, b, o, t, e: (
        n == "type" and (a, b) in TYPES
    ),
    "pandoc loses the arXiv id; we make the item a preprint": lambda n, a, b, o, t, e: is_repeated_arxiv(n, o),
    "empty fields: pandoc writes empty variables, we none": lambda n, a, b, o, t, e: (
        a is None and b in ("", [], {"date-parts": []})
    ),
    "pandoc cuts a short title at the colon; we write one only where the entry has one": lambda n, a, b, o, t, e: (
        n == "title-short" and a is None and plain(str(t.get("title", ""))).startswith(b)
    ),
    "a short title like the title is none to pandoc": lambda n, a, b, o, t, e: n == "title-short" and b is None,
    "commands and formulas that pandoc drops or leaves as TeX; the words are the same": lambda n, a, b, o, t, e: (
        bare(a) is not None and bare(b) is not None and is_spelt_alike(bare(a), bare(b))
    ),
    "particles: pandoc makes them dropping, or cuts names at small words": lambda n, a, b, o, t, e: (
        isinstance(a, list) and isinstance(b, list) and whole(a) == whole(b)
    ),
    "variables of CSL that pandoc reads from no field": lambda n, a, b, o, t, e: b is None and n in ONLY_OURS,
    "pandoc joins publishers by a semicolon; ours is the first field": lambda n, a, b, o, t, e: (
        n in ("publisher", "publisher-place") and isinstance(a, str) and isinstance(b, str)
        and bare(re.split(r"(?<!&amp);|\band\b", a)[0]) in bare(b)
    ),
    "pandoc makes the main title the title; ours is its container": lambda n, a, b, o, t, e: (
        n in ("volume-title", "title", "container-title") and "volume-title" in t
    ),
    "dates of which pandoc reads the year or nothing": lambda n, a, b, o, t, e: (
        n in DATE_NAMES and is_less_exact(a, b)
    ),
    "pandoc 2.17 writes `event`": lambda n, a, b, o, t, e: n in ("event", "event-title"),
    "other keys of an entry stand under custom": lambda n, a, b, o, t, e: n == "other-ids" and in_custom(o, "ids"),
    "the address of an eprint: pandoc makes one of JSTOR's ids": lambda n, a, b, o, t, e: (
        n == "URL" and a is None and "archive_location" in o and str(o["archive_location"]) in str(b)
    ),
    "pandoc inherits nothing where keys differ in case": lambda n, a, b, o, t, e: (
        b is None and e.key != e.key.lower() and plain(e.key) in INHERITING
    ),
    "pandoc loses what commands of the file's own stand for": lambda n, a, b, o, t, e: (
        isinstance(a, str) and has_tex(e) and (not b or is_part(bare(b), bare(a)))
    ),
    "pandoc loses names made by such commands": lambda n, a, b, o, t, e: (
        isinstance(a, list) and has_tex(e) and (b is None or len(a) == len(b))
    ),
    "names with more commas than BibTeX takes": lambda n, a, b, o, t, e: (
        n in ROLES and (e.get(ROLES[n]) or "").count(",") > 2 and " and " not in e.get(ROLES[n])
    ),
    "a journal as a whole is its title to us, its container to pandoc": lambda n, a, b, o, t, e: (
        e.entry_type == "periodical" and n in ("container-title", "title", "volume-title")
    ),
    "pandoc adds what stands in `titleaddon` and beside a number": lambda n, a, b, o, t, e: (
        isinstance(a, str) and isinstance(b, str) and b.startswith(a)
        and (n in ("issue", "collection-title", "volume") or any(f.name.endswith("titleaddon") for f in e.fields))
    ),
    "an article's journal goes before a book's title": lambda n, a, b, o, t, e: (
        n == "container-title" and e.get("booktitle") is not None and a == plain(e.get("journal") or "")
    ),
    "the place of a patent is its place, to pandoc its jurisdiction": lambda n, a, b, o, t, e: (
        n in ("jurisdiction", "publisher-place") and e.entry_type == "patent"
    ),
    "volumes with words: pandoc puts the note of a web page there": lambda n, a, b, o, t, e: (
        n in ("volume", "part") and e.entry_type == "webpage"
    ),
    "a percent sign is a comment to pandoc": lambda n, a, b, o, t, e: (
        isinstance(a, str) and isinstance(b, str) and "%" in a and bare(a.partition("%")[0]) in bare(b)
    ),
    "a place of the conference beside the publisher's address": lambda n, a, b, o, t, e: (
        n == "event-place" and b is None and e.get("address") is not None
    ),
    "pandoc gives a child its parent's date, whose range holds the child's own": lambda n, a, b, o, t, e: (
        n == "issued" and len(years(b)) == 2 and years(b)[0] <= years(a)[0] <= years(b)[1]
    ),
    "a volume takes the title of the whole as its main title, not as its own": lambda n, a, b, o, t, e: (
        n in ("title", "container-title") and e.get("title") is None and e.get("maintitle") is not None
    ),
    "a book title of types that are no part of a book to pandoc": lambda n, a, b, o, t, e: (
        n == "container-title" and b is None and "booktitle" in map(attrgetter("name"), e.fields)
        and o["type"] in ("document", "manuscript", "article-journal")
    ),
    "`issue` in figures": lambda n, a, b, o, t, e: n == "issue" and b is None and a == e.get("issue"),
    "of a field that stands twice BibTeX takes the first, pandoc the last": lambda n, a, b, o, t, e: (
        n == "keyword" and sum(field.name == "keywords" for field in e.fields) > 1
    ),
    "pandoc carries out a definition in a field": lambda n, a, b, o, t, e: "\\def" in (e.get(n) or ""),
    "the number of `@conference`, which is `@inproceedings`": lambda n, a, b, o, t, e: (
        n in ("number", "collection-number") and e.entry_type == "conference"
    ),
}  # fmt: skip
"""Why pandoc's items and ours differ: name, our value, pandoc's, our item, pandoc's item → whether that is it."""

INHERITING = frozenset(
    [
        "article-crossref",
        "inbook-crossref",
        "book-crossref",
        "incollection-crossref",
        "inproceedings-crossref",
        "wang2018shine",
    ]
)
"""Entries whose parents are found only where case does not count."""


def years(date):
    return [parts[0] for parts in (date or {}).get("date-parts", []) if parts]


def has_tex(entry):
    return any("\\" in field.value for field in entry.fields)


def is_part(part, text):
    """Whether all letters of `part` stand in `text` in their order."""
    left = iter(text)
    return all(letter in left for letter in part)


TYPES = {
    ("report", "book"), ("standard", "legislation"), ("software", "book"), ("periodical", "article-journal"),
    ("paper-conference", ""),
}  # fmt: skip
"""Ours and pandoc's: `@manual`, `@standard`, `@software`, `@periodical`, `@conference`."""

ONLY_OURS = frozenset(
    [
        "genre",
        "language",
        "call-number",
        "source",
        "section",
        "part",
        "number-of-volumes",
        "archive",
        "archive_location",
        "number",
        "publisher-place",
        "original-title",
        "director",
        "host",
        "compiler",
        "illustrator",
        "translator",
        "container-author",
    ]
)
DATE_NAMES = ("issued", "accessed", "event-date", "original-date")


def is_spelt_alike(a, b):
    """The same letters, or pandoc's are among ours in their order: what is missing was a command."""
    return a == b or (len(b) * 2 >= len(a) and is_part(b, a)) or (len(a) * 2 >= len(b) and is_part(a, b))


def is_less_exact(a, b):
    """Whether pandoc's date is none, or says of ours the year at most, or counts its parts otherwise."""
    if b in (None, {"date-parts": []}, {"date-parts": [[0]]}):
        return True
    if a is None or "literal" in a:
        return True
    years = [parts[:1] for parts in a.get("date-parts", [])]
    return [parts[:1] for parts in b.get("date-parts", [])][:1] == years[:1]


class UnreadableError(Exception):
    pass


def pandoc(text, folder):
    (folder / "in.bib").write_text(text, encoding="utf-8")
    command = ["pandoc", "-f", "biblatex", "-t", "csljson", "in.bib"]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=True)
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise UnreadableError from error
    return json.loads(done.stdout)


def read_apart(entries, folder):
    """What pandoc makes of entries that it may refuse: without those it does."""
    if not entries:
        return []
    try:
        return pandoc(formats.render([Item(entry=entry) for entry in entries], "biblatex").text, folder)
    except UnreadableError:
        half = len(entries) // 2
        return [] if not half else read_apart(entries[:half], folder) + read_apart(entries[half:], folder)


@pytest.fixture(scope="module")
def pandocs(bibliographies, data_folder, tmp_path_factory):
    """What pandoc makes of each file; what it cannot read as it stands, of its entries as we write them."""
    folder = tmp_path_factory.mktemp("pandoc")
    found = {}
    for file, entries in bibliographies.items():
        text = bibfile.decode((data_folder / "bib" / file).read_bytes(), file=file).text
        try:
            found[file] = pandoc(text, folder)
        except UnreadableError:
            found[file] = read_apart(entries, folder)
    return found


@needs("pandoc")
def test_what_pandoc_reads_is_what_we_read(bibliographies, pandocs, capsys):
    used, unexplained, unread, compared = Counter(), [], 0, 0
    for file, entries in bibliographies.items():
        theirs = {}
        for item in pandocs[file]:
            theirs.setdefault(item["id"], item)
        seen = set()
        for entry in entries:
            if entry.key in seen:
                continue
            seen.add(entry.key)
            other = theirs.get(entry.key)
            if other is None:
                unread += 1
                continue
            ours = item_of(entry)
            for name in (ours.keys() | other.keys()) - {"custom", "citation-key", "id"}:
                compared += 1
                a, b = ours.get(name), other.get(name)
                if plain(a) == plain(b):
                    continue
                a, b = (value if name in DATE_NAMES else plain(value) for value in (a, b))
                rule = next((rule for rule, holds in RULES.items() if holds(name, a, b, ours, other, entry)), None)
                used[rule] += 1
                if rule is None:
                    unexplained.append((file, entry.key, name, a, b))
    with capsys.disabled():
        print(f"\n{compared} variables compared, {unread} entries unread by pandoc")
        for rule, count in used.most_common():
            print(f"{count:6}  {rule}")
        for line in unexplained:
            print("   ", *(str(part)[:140] for part in line), sep=" | ")
    assert unexplained == []
    assert set(RULES) - set(used) == set()
