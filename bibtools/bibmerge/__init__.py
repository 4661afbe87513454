"""Three-way merge of a `.bib` file: entry by entry, and in an entry field by field.

Git merges lines. Two people who each add a paper at the end of a file, or who each change another field of one
entry, are a conflict to git and none to their bibliography. Here `ours` is edited: what `theirs` changed since
`base` comes in, everything else stays byte for byte. Where both sides changed the same value the text says both,
between conflict markers, and nothing is decided.
"""

from bibtools.bibmerge.draft import BibConflict
from bibtools.bibmerge.marks import MARKER_SIZE, marked
from bibtools.bibmerge.merging import MergedBib, merge
from bibtools.bibmerge.reading import Sides, likely_base, unmarked

__all__ = ["MARKER_SIZE", "BibConflict", "MergedBib", "Sides", "likely_base", "marked", "merge", "unmarked"]
