"""The papers a stand-in serves, and how they are read from files.

A paper is what arXiv knows of it, as the authors typed it: TeX stays TeX here and is converted on answering.
"""

from __future__ import annotations

import functools
import gzip
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

SEED_FILE = Path(__file__).parent.parent / "data" / "papers.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Older:
    """An older version, as far as its wording is known; what is None is as in the current version."""

    version: int
    title: str | None = None
    abstract: str | None = None
    authors: tuple[str, ...] | None = None
    updated: str | None = None
    comment: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper. Dates are UTC time stamps (`2024-07-31T19:13:07Z`), `doi` may hold several with blanks between.

    `affiliations` are pairs of an author's name and places. An author list that is only the beginning ends in
    the author `et al.`, as arXiv's own sometimes do.
    """

    id: str
    version: int = 1
    title: str
    authors: tuple[str, ...]
    abstract: str = ""
    categories: tuple[str, ...] = ("cs.LG",)
    primary_category: str = "cs.LG"
    published: str = "2024-01-01T00:00:00Z"
    updated: str = "2024-01-01T00:00:00Z"
    comment: str | None = None
    journal_ref: str | None = None
    doi: str | None = None
    report_number: str | None = None
    affiliations: tuple[tuple[str, tuple[str, ...]], ...] = ()
    older_versions: tuple[Older, ...] = ()
    invented: bool = False

    @property
    def versioned_id(self) -> str:
        return f"{self.id}v{self.version}"

    def at(self, version: int) -> Paper | None:
        """That version of the paper, or None where there is none.

        Where the wording of a version is not known it is taken from the nearest known older one, else from the
        current version. Journal reference and DOI belong to the current version: they come with publication.
        """
        if not 1 <= version <= self.version:
            return None
        if version == self.version:
            return self
        known = [older for older in self.older_versions if older.version <= version]
        source = max(known, key=lambda older: older.version, default=Older(version=version))
        exact = source.updated if source.version == version else None
        return replace(
            self,
            version=version,
            title=self.title if source.title is None else source.title,
            abstract=self.abstract if source.abstract is None else source.abstract,
            authors=self.authors if source.authors is None else source.authors,
            updated=self.published if version == 1 else exact or source.updated or self.published,
            comment=source.comment,
            journal_ref=None,
            doi=None,
            older_versions=(),
        )


def _names(names: list[str], complete: bool) -> tuple[str, ...]:
    return tuple(names) if complete or names[-1:] == ["et al."] else (*names, "et al.")


def _older(data: dict[str, Any], complete: bool) -> Older:
    authors = data.get("authors")
    return Older(
        version=data["version"],
        title=data.get("title"),
        abstract=data.get("abstract"),
        authors=_names(authors, complete) if authors else None,
        updated=data.get("updated"),
        comment=data.get("comment"),
    )


def paper_from(data: dict[str, Any]) -> Paper:
    """A paper from the JSON object that describes it; keys it does not know are ignored."""
    complete = data.get("authors_complete", True)
    affiliations = data.get("affiliations") or {}
    return Paper(
        id=data["id"],
        version=data.get("version", 1),
        title=data["title"],
        authors=_names(data["authors"], complete),
        abstract=data.get("abstract") or "",
        categories=tuple(data["categories"]),
        primary_category=data.get("primary_category") or data["categories"][0],
        published=data["published"],
        updated=data.get("updated") or data["published"],
        comment=data.get("comment"),
        journal_ref=data.get("journal_ref"),
        doi=data.get("doi"),
        report_number=data.get("report_number"),
        affiliations=tuple((name, tuple(places)) for name, places in affiliations.items()),
        older_versions=tuple(_older(older, complete) for older in data.get("older_versions") or ()),
        invented=data.get("invented", False),
    )


def load_papers(path: Path | str) -> tuple[Paper, ...]:
    """The papers of a file: `.json` (a list), `.jsonl` or `.jsonl.gz` (one object a line)."""
    path = Path(path)
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    text = raw.decode("utf-8")
    if ".jsonl" in path.suffixes:
        rows = [json.loads(line) for line in text.split("\n") if line.strip()]
    else:
        rows = json.loads(text)
    return tuple(paper_from(row) for row in rows)


@functools.cache
def seed_papers() -> tuple[Paper, ...]:
    """The committed papers: real ones that the tests' texts mention, and invented neighbours of them."""
    return load_papers(SEED_FILE)
