"""The identifiers of a record: arXiv id, DOI, address, ISBN and ISSN, wherever programs put them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bibtools.formats.ris.record import SHORT, Reading
from bibtools.formats.ris.tags import EPRINTS, NUMBER
from bibtools.identifiers import find_identifiers, parse_arxiv, parse_doi

_ARXIV_TAGS = (
    "UR", "DO", "AN", "M1", "M2", "M3", "C1", "C2", "C7", "N1", "L1", "L2", "LK", "T2", "JO", "JF", "PB", "VL",
    "IS", "SP",
)  # fmt: skip
_LONGEST_PLACE = 2000
_LONGEST_NOTE = 80
_CLASS = re.compile(r"\[([a-z][a-z-]*(?:\.[A-Za-z][A-Za-z-]*)?)\]")
_AN_CLASS = re.compile(r"(?P<id>\S+)(?: \[(?P<class>\S+)\])?\Z")
_ISBN = re.compile(r"(?<![\d-])(?:97[89][- ]?)?\d(?:[- ]?\d){8}[- ]?[\dXx](?![\d-])")
_ISSN = re.compile(r"(?<![\w-])\d{4}-?\d{3}[\dXx](?![\w-])")


def add_arxiv(reading: Reading) -> None:
    """The arXiv id wherever a program put it, or the accession number of another archive that biblatex knows."""
    archive = " ".join(reading.values.get("DB", [])).lower()
    ours = bool(archive == "arxiv" and _one_arxiv(reading.values.get("AN", [])))
    for tag in ("AN", *_ARXIV_TAGS) if ours else _ARXIV_TAGS:
        if found := _one_arxiv(reading.values.get(tag, []), short=tag == "N1"):
            _add_arxiv(reading, *found, repeated=ours)
            if tag == "AN":
                reading.used |= {"AN", "DB"}
            return
    match = _AN_CLASS.match(" ".join(reading.values.get("AN", [])))
    if archive in EPRINTS and match is not None:
        reading.used |= {"AN", "DB"}
        reading.add_verbatim("eprint", match["id"])
        reading.add_verbatim("eprinttype", archive)
        reading.add_verbatim("eprintclass", match["class"] or "")


def _add_arxiv(reading: Reading, number: str, class_: str, *, repeated: bool) -> None:
    reading.add_verbatim("eprint", number)
    reading.add_verbatim("eprinttype", "arxiv")
    reading.add_verbatim("eprintclass", class_ or number.rpartition("/")[0])
    journal = "".join(value for tag in ("T2", "JF", "JO") for value in reading.values.get(tag, []))
    if reading.kind in ("misc", "unpublished") and (not journal or journal.lower().startswith(("arxiv", "corr"))):
        reading.kind = "online"
    if not repeated:
        return
    for tag in ("DO", "UR"):  # what only says the id again, for programs that look nowhere else
        kept = [value for value in reading.values.get(tag, []) if not _is_arxiv(value, number)]
        reading.values[tag] = kept
        if not kept:
            del reading.values[tag]
    if reading.kind == "online" and reading.values.get("PB") == ["arXiv"]:
        del reading.values["PB"]


def _is_arxiv(value: str, number: str) -> bool:
    found, wanted = parse_arxiv(value), parse_arxiv(number)
    return found is not None and wanted is not None and found.number == wanted.number


def _one_arxiv(values: Sequence[str], *, short: bool = False) -> tuple[str, str] | None:
    """The id and the class of the first value that names one paper."""
    for value in values:
        ids = [found for _, found in find_identifiers(value[:_LONGEST_PLACE]) if found.scheme == "arxiv"]
        if len(ids) == 1 and not (short and len(value) >= _LONGEST_NOTE):
            class_ = _CLASS.search(value[:_LONGEST_PLACE])
            return ids[0].value, class_[1] if class_ else ""
    return None


def add_identifiers(reading: Reading) -> None:
    """DOI, address, ISBN and ISSN; a number that is none of them is that of a report or patent."""
    for tag in ("DO", "DI", "M3", "L3", "UR", "N1"):
        for value in reading.values.get(tag, []):
            if (doi := parse_doi(value)) and "doi" not in reading.found:
                reading.add_verbatim("doi", value if tag == "DO" and doi == value.lower() else doi)
                reading.used.add(tag)
    if (odd := reading.first("DO", "DI")).startswith("10."):  # shorter than any that was ever given out
        reading.add_verbatim("doi", odd)
    _address(reading)
    numbered = NUMBER.get(reading.kind) == "SN"
    for value in reading.take("SN"):
        find = re.fullmatch if numbered else re.search
        isbn, issn = find(_ISBN, value), find(_ISSN, value)
        if len(numbers := [*_ISBN.findall(value), *_ISSN.findall(value)]) > 1:
            reading.left.append(f"SN: {', '.join(numbers[1:])}")
        if isbn or issn:
            reading.add_verbatim("isbn" if isbn else "issn", (isbn or issn)[0])  # type: ignore[index]  # one is
        elif numbered:
            reading.add("number", value)
        else:
            books = ("book", "collection", "incollection", "proceedings", "inproceedings")
            reading.add_verbatim("isbn" if reading.kind in books else "issn", value)


def _address(reading: Reading) -> None:
    """The first address; of the links to files one on the web. The others are left, if they are no identifiers."""
    for tag in ("UR", "L2", "LK", "L1"):
        for value in reading.values.get(tag, []):
            if tag != "UR" and not value.lower().startswith(("http://", "https://")):
                continue
            reading.used.add(tag)
            if "url" not in reading.found:
                reading.add_verbatim("url", value.split()[0])
            elif not parse_doi(value) and not parse_arxiv(value):
                reading.left.append(f"{tag}: {value[:SHORT]}")
