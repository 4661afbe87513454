"""Lines that hold nothing but identifiers, with no title, abstract or other text beside them: a list of papers.

Two such lines are two papers, even if one is an arXiv id and one a DOI: nothing says that they belong together.
Only a line that names a work again (its address below its id) is about the paper that it names.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from bibtools.extract.paper import Paper, distinct
from bibtools.extract.piece import Piece


def passages_of_identifiers(pieces: Sequence[Piece]) -> Set[int]:
    """The numbers of the passages that hold identifiers alone, or below a line that ends in a colon."""
    others = {
        piece.passage
        for piece in pieces
        if piece.role != "ids" and not (piece.role == "text" and piece.text.rstrip().endswith(":"))
    }
    return {piece.passage for piece in pieces} - others


def papers_of_lines(lines: Sequence[Piece]) -> list[Paper]:
    """The papers that lines of identifiers name, in order."""
    return [_paper(group) for group in _by_work(lines)]


def _by_work(lines: Sequence[Piece]) -> list[list[Piece]]:
    """Lines that name the same work, or nothing but an address, together with the line before."""
    groups: list[list[Piece]] = []
    of_work: dict[tuple[str, str], list[Piece]] = {}
    for line in lines:
        works = {
            (i.scheme, i.value.partition("v")[0] if i.scheme == "arxiv" else i.value) for i in line.identifiers
        }
        named = any(scheme != "url" for scheme, _ in works)
        group = next((of_work[work] for work in works if work in of_work), None)
        if group is None and not named and groups:
            group = groups[-1]
        if group is None:
            group = []
            groups.append(group)
        group.append(line)
        of_work.update(dict.fromkeys(works, group))
    return groups


def _paper(lines: Sequence[Piece]) -> Paper:
    """The paper of some lines; its place is the first of them, since others may stand in between."""
    identifiers = distinct(identifier for line in lines for identifier in line.identifiers)
    return Paper(start=lines[0].start, stop=lines[0].stop, kind="identifier", identifiers=identifiers)
