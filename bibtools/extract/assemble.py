"""From pieces to papers: which title, abstract, identifier and date belong together.

An identifier on a line of its own stands below its abstract (as in digests of arXiv) or above it. The sequence
tells which: where a run of texts and identifiers begins with an identifier and ends with a text, they stand above.
Lines of identifiers with no text beside them are a list (:mod:`bibtools.extract.idlines`).
Anything else in between, a heading, a list, a paragraph of prose, ends what was open.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, field, replace

from bibtools.extract.idlines import papers_of_lines, passages_of_identifiers
from bibtools.extract.listing import is_comment
from bibtools.extract.paper import Paper, distinct
from bibtools.extract.piece import Piece
from bibtools.extract.titles import is_evident_title
from bibtools.model import Identifier, MentionKind, PartialDate

_BODY = frozenset(("title", "authors", "abstract", "bare", "head"))
_TRANSPARENT = frozenset(("date", "comment", "other", "rule"))
_MIN_ABSTRACT_WORDS = 5


@dataclass(slots=True)
class _Draft:
    """A paper being put together."""

    start: int
    stop: int
    passage: int
    header: bool = False
    title: str | None = None
    authors: tuple[str, ...] = ()
    abstract: str | None = None
    labelled: bool = False
    titled: bool = False
    weak: bool = False
    identifiers: list[Identifier] = field(default_factory=list)
    date: PartialDate | None = None
    comment: str | None = None
    lines: list[Piece] = field(default_factory=list)  # of identifiers alone, in order

    @property
    def numbers(self) -> set[str]:
        return {i.value.partition("v")[0] for i in self.identifiers if i.scheme == "arxiv" and i.own}

    @property
    def has_own(self) -> bool:
        return any(i.own for i in self.identifiers)

    @property
    def has_body(self) -> bool:
        return bool(self.title or self.authors or self.abstract)

    def bare_lines(self, bare: Set[int]) -> list[Paper]:
        """The papers of lines that stand in passages of identifiers alone; none if these are about one paper."""
        if self.has_body or self.header or any(line.passage not in bare for line in self.lines):
            return []
        papers = papers_of_lines(self.lines)
        return papers if len(papers) > 1 else []

    def paper(self) -> Paper | None:
        identifiers = distinct(self.identifiers)
        kind: MentionKind
        if self.has_own:
            kind = "identifier"
        elif self.title and self.authors and not (self.weak and not self.abstract):
            kind = "title"
        elif self.abstract:
            kind = "abstract" if self.labelled else "paragraph"
        elif self.titled and self.title:
            kind = "title"
        else:
            return None
        return Paper(
            start=self.start,
            stop=self.stop,
            kind=kind,
            title=self.title,
            authors=self.authors,
            abstract=self.abstract,
            identifiers=identifiers,
            date=self.date,
            comment=self.comment,
        )


@dataclass(slots=True)
class _Assembler:
    pieces: Sequence[Piece]
    above: list[bool]
    bare: Set[int]
    papers: list[Paper] = field(default_factory=list)
    prose: int = 0
    draft: _Draft | None = None
    mail: bool = False

    def close(self) -> None:
        if self.draft and (papers := self.draft.bare_lines(self.bare)):
            self.papers += papers
        elif self.draft and (paper := self.draft.paper()):
            self.papers.append(paper)
        self.draft = None

    def open(self, piece: Piece, *, header: bool = False) -> _Draft:
        self.close()
        self.draft = _Draft(start=piece.start, stop=piece.stop, passage=piece.passage, header=header)
        return self.draft

    def next_role(self, index: int) -> Piece | None:
        return self.pieces[index + 1] if index + 1 < len(self.pieces) else None

    def take(self, index: int) -> None:
        piece = self.pieces[index]
        if piece.role in ("ids", "header"):
            self._identifiers(index, piece)
        elif piece.role in _BODY:
            self._body(index, piece)
        elif piece.role == "papers":
            self.close()
            self.papers += piece.papers
        elif piece.role in ("date", "comment", "other"):
            self._detail(piece)
        elif piece.role == "rule":
            self.mail = True
        elif piece.role == "text":
            self._text(index, piece)
        else:
            self.close()
            self.prose += piece.role == "prose"
        if piece.role not in ("rule", "date", "other"):
            self.mail = self.mail and piece.role in ("ids", "title", "authors", "comment")

    def _identifiers(self, index: int, piece: Piece) -> None:
        draft = self.draft
        numbers = {i.value.partition("v")[0] for i in piece.identifiers if i.scheme == "arxiv"}
        fits = draft is not None and (not draft.numbers or not numbers or numbers == draft.numbers)
        near = draft is not None and (
            draft.passage == piece.passage or (draft.has_body and draft.numbers == numbers != set())
        )
        if piece.role == "header" and not (near and numbers == (draft.numbers if draft else None)):
            fits = False
        if draft is None or not fits or (self.above[index] and not near):
            draft = self.open(piece, header=piece.role == "header" or self.mail)
        elif draft.has_own and not draft.has_body and not near:
            draft = self.open(piece)
        draft.lines.append(piece)
        self._add_identifiers(draft, piece)

    def _add_identifiers(self, draft: _Draft, piece: Piece) -> None:
        known = draft.numbers
        for identifier in piece.identifiers:
            number = identifier.value.partition("v")[0]
            is_new = identifier.scheme != "arxiv" or number not in known or not draft.has_body
            if is_new and identifier not in draft.identifiers:
                draft.identifiers.append(identifier)
        draft.stop = max(draft.stop, piece.stop)

    def _body(self, index: int, piece: Piece) -> None:
        draft = self.draft
        if piece.role in ("abstract", "bare") and len(piece.text.split()) < _MIN_ABSTRACT_WORDS:
            self._short_abstract(index, piece)
            return
        if draft is None or not self._belongs(index, draft, piece):
            draft = self.open(piece)
        draft.stop = max(draft.stop, piece.stop)
        draft.passage = piece.passage
        if piece.role in ("title", "head"):
            draft.title = piece.text
            draft.titled = piece.role == "title"
        if piece.role in ("authors", "head"):
            draft.authors = piece.authors
            draft.weak = draft.weak or piece.weak
        if piece.role in ("abstract", "bare"):
            draft.abstract = piece.text
            draft.labelled = piece.role == "abstract"
            draft.identifiers += piece.identifiers

    def _short_abstract(self, index: int, piece: Piece) -> None:
        """A heading "Abstract": the paragraph after it is one."""
        following = self.next_role(index)
        if not piece.text and following and following.role in ("text", "prose", "papers", "bare"):
            return  # see `_headed`
        self.close()

    def _belongs(self, index: int, draft: _Draft, piece: Piece) -> bool:
        taken = {"title": draft.title, "head": draft.title or draft.authors, "authors": draft.authors}
        if draft.abstract or taken.get(piece.role):
            return False
        if draft.header or draft.passage == piece.passage or not draft.has_own:
            return True
        return draft.has_body or self.above[index]

    def _detail(self, piece: Piece) -> None:
        if self.draft is None:
            return
        self.draft.stop = max(self.draft.stop, piece.stop)
        if piece.role == "date" and self.draft.date is None:
            self.draft.date = piece.date
        if piece.role == "comment":
            self.draft.comment = piece.text
        if piece.role == "other":
            self._add_identifiers(self.draft, piece)

    def _text(self, index: int, piece: Piece) -> None:
        following = self.next_role(index)
        draft = self.draft
        if draft and draft.abstract and not draft.comment and is_comment(piece.text):
            self._detail(replace(piece, role="comment"))
        elif following and self._titles(piece, following):
            self._body(index, replace(piece, role="title"))
            if self.draft:
                self.draft.titled = False
                self.draft.weak = self.draft.weak or piece.weak or following.weak
        elif (
            draft
            and draft.has_body
            and not draft.abstract
            and draft.weak
            and following
            and following.role in _BODY
        ):
            return  # affiliations between the authors and the abstract
        else:
            self.close()
            self.prose += not piece.weak

    def _titles(self, piece: Piece, following: Piece) -> bool:
        """Whether a short text is the title of what follows it."""
        if following.role == "authors":
            return len(piece.text.split()) > 1
        if following.passage != piece.passage or following.role not in ("abstract", "ids"):
            return False
        return is_evident_title(piece.text) and len(piece.text.split()) > 3


def assemble(pieces: Sequence[Piece]) -> tuple[tuple[Paper, ...], int]:
    """The papers of a source in order, and how many paragraphs of other prose there are."""
    pieces = _headed(pieces)
    assembler = _Assembler(pieces, _stand_above(pieces), passages_of_identifiers(pieces))
    for index in range(len(pieces)):
        assembler.take(index)
    assembler.close()
    return tuple(assembler.papers), assembler.prose


def _headed(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with what follows a heading "Abstract", or the rule in arXiv's mails, made an abstract."""
    result: list[Piece] = []
    rule_of: Piece | None = None
    for piece in pieces:
        last = result[-1] if result else None
        behind_heading = last is not None and last.role == "abstract" and not last.text
        behind_rule = rule_of is not None and last is rule_of and any(p.role == "title" for p in result[-8:-1])
        if (
            piece.role in ("text", "prose", "bare", "papers")
            and last is not None
            and (behind_heading or behind_rule)
        ):
            quoted = tuple(
                Identifier(i.scheme, i.value, own=False) for paper in piece.papers for i in paper.identifiers
            )
            start = last.start if behind_heading else piece.start
            if behind_heading:
                result.pop()
            piece = replace(
                piece, role="abstract", start=start, papers=(), identifiers=(*piece.identifiers, *quoted)
            )
        if piece.role == "rule":
            rule_of = piece
        result.append(piece)
    return result


def _stand_above(pieces: Sequence[Piece]) -> list[bool]:
    """For each piece whether, in its run, identifiers stand above their texts."""
    above = [False] * len(pieces)
    run: list[int] = []

    def settle() -> None:
        first_is_id = bool(run) and pieces[run[0]].role in ("ids", "header")
        if first_is_id and pieces[run[-1]].role in _BODY:
            for index in run:
                above[index] = True
        run.clear()

    for index, piece in enumerate(pieces):
        if piece.role in _BODY or piece.role in ("ids", "header"):
            run.append(index)
        elif piece.role not in _TRANSPARENT and piece.role != "text":
            settle()
    settle()
    return above
