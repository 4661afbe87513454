"""Which files, formats and profile suit a folder's documents: those that show the reader the most arXiv ids.

The numbers are measured: `docs/entries.md`, "Typst and pandoc".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bibtools.config import HAYAGRIVA
from bibtools.model import EntryFormat, Profile
from bibtools.workflow.citing_documents import CitingDocument
from bibtools.workflow.latex_project import LatexProject

_CITEPROC = ("pandoc", "Quarto", "R Markdown")
_YEARLESS = frozenset(
    (
        "american-chemical-society", "american-physics-society", "ieee", "mdpi",
        "multidisciplinary-digital-publishing-institute", "royal-society-of-chemistry",
        "springer-lecture-notes-in-computer-science",
    )
)  # fmt: skip
"""CSL styles that print no year of an `@online`, which is a web page to pandoc."""

_Form = tuple[EntryFormat, Profile]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """`format` and `profile` of the `.bib`, the `targets` beside it (path and what `format` says of it or None).

    `output` is the `.bib` that the documents name, if they name one; `remarks` say what was found and chosen.
    """

    format: EntryFormat = "bibtex"
    profile: Profile = "classic"
    output: str | None = None
    targets: tuple[tuple[str, str | None], ...] = ()
    remarks: tuple[str, ...] = ()


def choose(
    latex: LatexProject | None, documents: Sequence[CitingDocument], is_there: Callable[[str], bool]
) -> Choice:
    """What suits the LaTeX files (None: there are none) and the documents; `is_there` tells whether a file exists.

    A file that LaTeX reads is written for LaTeX, which stops at what it does not know; then Typst counts, then the
    first document.
    """
    ranked = _ranked(documents)
    readers = [document for document in ranked if document.ending(".bib") or not document.names]
    decided = latex is not None and latex.decides
    form: _Form = (latex.format, latex.profile) if latex is not None else ("bibtex", "classic")
    if not decided and (deciding := next(iter([*readers, *ranked]), None)):
        form = _form(deciding)
    targets, target_remarks = _targets(ranked, is_there)
    bibs = [name for document in ranked for name in document.ending(".bib")]
    return Choice(
        format=form[0],
        profile=form[1],
        output=next(filter(is_there, bibs), bibs[0] if bibs else None),
        targets=targets,
        remarks=(
            *([_latex_remark(latex)] if latex is not None else []),
            *(_bib_remark(document, form, decided) for document in readers),
            *target_remarks,
        ),
    )


def _ranked(documents: Sequence[CitingDocument]) -> list[CitingDocument]:
    """Typst's first; of those that name nothing, as chapters do, one where none does."""
    typst = [document for document in documents if document.program == "Typst"]
    named = [document for document in typst if document.names]
    return [*(named or typst[:1]), *(document for document in documents if document.program != "Typst")]


def _latex_remark(latex: LatexProject) -> str:
    package = "biblatex" if latex.biblatex else f"style {latex.style}" if latex.style else "no style named"
    if not latex.decides:
        return f"LaTeX files found ({package})"
    return f"LaTeX files found ({package}): format {latex.format}, profile {latex.profile}"


def _form(document: CitingDocument) -> _Form:
    """The format and profile of a `.bib` of which the document shows the id and, where it can be, the year."""
    if document.program == "Typst":
        return "bibtex", "modern"
    if document.program not in _CITEPROC or document.natbib:  # pybtex and citation-js show `howpublished`
        return "bibtex", "classic"
    return ("bibtex", "scholar") if document.csl in _YEARLESS else ("biblatex", "classic")


def _bib_remark(document: CitingDocument, form: _Form, decided: bool) -> str:
    """What was found and, of the documents that decide, what it led to."""
    named = ", ".join(document.ending(".bib"))
    found = f"{document.path} ({document.program}) {f'reads {named}' if named else 'names no bibliography'}"
    if decided:
        return f"{found}: format and profile are LaTeX's"
    if form != _form(document):
        return f"{found}: format and profile are those of another document"
    chosen = f"{found}: format {form[0]}, profile {form[1]}"
    if document.program == "Typst":
        return f'{chosen}; a .yml with format = "hayagriva" shows the arXiv id in more of its styles'
    if form == ("biblatex", "classic"):
        return f"{chosen}; for a CSL style that leaves out the year then (ieee): bibtex and scholar"
    return chosen


def _targets(
    documents: Sequence[CitingDocument], is_there: Callable[[str], bool]
) -> tuple[tuple[tuple[str, str | None], ...], list[str]]:
    """The files to be written whole for the documents, and what to say of each; one that is there is not ours."""
    targets: dict[str, str | None] = {}
    remarks = []
    for document in documents:
        typst = document.program == "Typst"
        for name in document.ending(".yml", ".yaml", *(() if typst else (".json",))):
            found = f"{document.path} ({document.program}) reads {name}"
            wanted = HAYAGRIVA if typst else None
            if name in targets:
                remarks.append(f"{found} too" if targets[name] == wanted else f"{found}, which is to be Typst's")
            elif is_there(name):
                remarks.append(f"{found}, which is there already and is left alone: let it read the .bib as well")
            else:
                targets[name] = wanted
                what = "Hayagriva" if typst else "CSL-JSON" if name.lower().endswith(".json") else "CSL-YAML"
                remarks.append(f"{found}: a target in {what}, written whole")
    return tuple(targets.items()), remarks
