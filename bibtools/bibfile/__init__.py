"""The lossless view of a `.bib` file, and changes to it by span.

`decode` and `parse` read a file, `entry_of` says what an entry means, `measure` how the file is written;
`add_field`, `replace_value`, `insert_entries` and the rest make edits, `apply` carries them out, `encode` gives
the bytes back. Only the standard library is needed, so that a run that changes nothing starts fast.
"""

from bibtools.bibfile.blocks import (
    Block,
    BrokenBlock,
    CommentBlock,
    EntryBlock,
    FieldView,
    FreeText,
    Part,
    PreambleBlock,
    StringBlock,
)
from bibtools.bibfile.conflicts import MarkedConflict, find_conflicts
from bibtools.bibfile.edits import Edit, add_field, apply, change_type, remove_field, rename_key, replace_value
from bibtools.bibfile.encoding import BibText, decode, encode
from bibtools.bibfile.habits import DEFAULT, Habits, adopted, render_entry, spelled
from bibtools.bibfile.identity import arxiv_id, doi, only_arxiv
from bibtools.bibfile.meaning import entry_blocks, entry_of, expanded, macros
from bibtools.bibfile.measuring import measure, measure_entry
from bibtools.bibfile.placing import insert_entries, insert_entry, remove_entry
from bibtools.bibfile.view import BibFile, parse

__all__ = [
    "DEFAULT",
    "BibFile",
    "BibText",
    "Block",
    "BrokenBlock",
    "CommentBlock",
    "Edit",
    "EntryBlock",
    "FieldView",
    "FreeText",
    "Habits",
    "MarkedConflict",
    "Part",
    "PreambleBlock",
    "StringBlock",
    "add_field",
    "adopted",
    "apply",
    "arxiv_id",
    "change_type",
    "decode",
    "doi",
    "encode",
    "entry_blocks",
    "entry_of",
    "expanded",
    "find_conflicts",
    "insert_entries",
    "insert_entry",
    "macros",
    "measure",
    "measure_entry",
    "only_arxiv",
    "parse",
    "remove_entry",
    "remove_field",
    "rename_key",
    "render_entry",
    "replace_value",
    "spelled",
]
