"""The lossless view of a `.bib` file: blocks whose texts, one after the other, are the file, for any text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bibtools.bibfile.blocks import Block, EntryBlock, FreeText
from bibtools.bibfile.conflicts import find_conflicts
from bibtools.bibfile.grammar import Fault, read_block
from bibtools.bibfile.lines import line_end, line_starts
from bibtools.bibfile.scanner import scan
from bibtools.errors import Place, Problem, Severity
from bibtools.model import Span

_SEVERITY: dict[str, Severity] = {"bib-conflict-markers": "error", "bib-runaway": "info"}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BibFile:
    """A parsed text. `problems` are sorted by place, with line and column and without the file's name."""

    text: str
    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...]
    line_starts: Sequence[int] = field(repr=False)

    @property
    def entries(self) -> tuple[EntryBlock, ...]:
        """The blocks that are entries, in order."""
        return tuple(block for block in self.blocks if isinstance(block, EntryBlock))

    def index(self, block: Block) -> int:
        """The index of one of the file's own blocks."""
        return bisect_left(self.blocks, block.span.start, key=lambda each: each.span.start)

    def place(self, at: int) -> Place:
        """Line and column of an offset."""
        return _place(self.line_starts, at)


def parse(text: str) -> BibFile:
    """Read any text. Nothing is refused: what cannot be read is a `BrokenBlock`, and a problem says why.

    >>> [type(block).__name__ for block in parse("see @misc{a, year = 2017}").blocks]
    ['FreeText', 'EntryBlock']
    """
    scanner = scan(text)
    blocks: list[Block] = []
    faults: list[Fault] = []
    at = comment_end = 0
    for begins in scanner.starts:
        begin = max(at, comment_end)
        if begins < begin:
            continue
        start = scanner.start(begins)
        if _is_behind_percent(text, begin, start.at):
            comment_end = line_end(text, start.at)
            continue
        if start.at > at:
            blocks.append(FreeText(span=Span(at, start.at)))
        block, found = read_block(scanner, start)
        blocks.append(block)
        faults += found
        at = block.span.stop
    if at < len(text):
        blocks.append(FreeText(span=Span(at, len(text))))
    starts = line_starts(text)
    faults += [*_duplicates(blocks, starts), *_conflict_faults(text)]
    problems = tuple(_problem(fault, starts) for fault in sorted(faults))
    return BibFile(text=text, blocks=tuple(blocks), problems=problems, line_starts=starts)


def _is_behind_percent(text: str, begin: int, at: int) -> bool:
    """Whether a `%` stands before `at` on its line, and not before `begin`."""
    line = max(text.rfind("\n", begin, at), text.rfind("\r", begin, at), begin - 1) + 1
    return text.find("%", line, at) >= 0


def _duplicates(blocks: list[Block], starts: Sequence[int]) -> Iterator[Fault]:
    """Keys and fields that stand twice. Keys that differ only in case are one key to BibTeX."""
    first: dict[str, EntryBlock] = {}
    for block in blocks:
        if not isinstance(block, EntryBlock):
            continue
        if block.key and (other := first.setdefault(block.key.lower(), block)) is not block:
            line = _place(starts, other.span.start).line
            what = "is" if other.key == block.key else f'differs only in case from "{other.key}"'
            message = f'the citation key "{block.key}" {what} in use since line {line}'
            yield Fault(block.span.start, "bib-duplicate-key", message, _SAME_KEY, block.key)
        names: set[str] = set()
        for field_ in block.fields:
            if field_.lower in names:
                message = f'the field "{field_.name}" stands twice in the entry "{block.key}"'
                yield Fault(field_.name_span.start, "bib-duplicate-field", message, _SAME_FIELD, block.key)
            names.add(field_.lower)


_SAME_KEY = "BibTeX stops at a repeated entry; rename or remove one of them"
_SAME_FIELD = "BibTeX takes the first one; remove the other"
_MARKERS = "settle the conflict with git, then run this again"


def _conflict_faults(text: str) -> Iterator[Fault]:
    for conflict in find_conflicts(text):
        message = "conflict markers of a merge stand in the file"
        yield Fault(conflict.span.start, "bib-conflict-markers", message, _MARKERS)


def _problem(fault: Fault, starts: Sequence[int]) -> Problem:
    return Problem(
        severity=_SEVERITY.get(fault.code, "warning"),
        code=fault.code,
        message=fault.message,
        where=_place(starts, fault.at),
        hint=fault.hint,
        key=fault.key,
    )


def _place(starts: Sequence[int], at: int) -> Place:
    line = bisect_right(starts, at)
    return Place(line=line, column=at - starts[line - 1] + 1)
