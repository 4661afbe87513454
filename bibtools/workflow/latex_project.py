r"""What a folder's LaTeX files say about its bibliography: the style, the package, the `.bib` file.

Read once, by `init`; nothing reads it later, so that a template that comes in changes no result.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bibtools.model import EntryFormat, Profile

_COMMENT = re.compile(r"(?<!\\)%.*")
_STYLE = re.compile(r"\\bibliographystyle\s{0,9}\{([^{}]{1,200})\}")
_BIBLATEX = re.compile(
    r"\\(?:usepackage|RequirePackage)\s{0,9}(?:\[[^\[\]]{0,2000}\])?\s{0,9}\{[^{}]{0,200}\bbiblatex\b[^{}]{0,200}\}"
)
_FILES = re.compile(
    r"\\(?:bibliography|addbibresource|addglobalbib)\s{0,9}(?:\[[^\[\]]{0,500}\])?\s{0,9}\{([^{}]{1,1000})\}"
)

STYLES_WITH_EPRINT = re.compile(
    r"(?:plainnat|abbrvnat|unsrtnat|iclr\d*_conference|neurips.*|icml\d*|ieeetrans?n?|ieeetr|acl_natbib.*|acl"
    r"|acm-reference-format|acmart|apsrev4-\d|apsrmp4-\d|aipnum4-\d|elsarticle-.*|splncs04.*|jhep|utphys.*|revtex.*)",
    re.IGNORECASE,
)
"""BibTeX styles that print `url` or `eprint` of an entry, so that the id is seen under profile `modern`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LatexProject:
    """`style` is the BibTeX style, `biblatex` whether the package is used, `bib_files` as named, with suffix."""

    style: str | None = None
    biblatex: bool = False
    bib_files: tuple[str, ...] = ()

    @property
    def format(self) -> EntryFormat:
        """The format for these files."""
        return "biblatex" if self.biblatex else "bibtex"

    @property
    def profile(self) -> Profile:
        """`modern` for a style known to print links or eprints, else `classic`, which every style shows."""
        known = self.style is not None and STYLES_WITH_EPRINT.fullmatch(self.style)
        return "modern" if known and not self.biblatex else "classic"


def read_tex(texts: Iterable[str]) -> LatexProject:
    r"""What some `.tex` files say; comments do not count.

    >>> read_tex([r"\bibliographystyle{plainnat}\bibliography{refs,more}"]).bib_files
    ('refs.bib', 'more.bib')
    """
    style: str | None = None
    biblatex = False
    names: dict[str, None] = {}
    for text in texts:
        plain = _COMMENT.sub("", text)
        biblatex = biblatex or bool(_BIBLATEX.search(plain))
        found = _STYLE.search(plain)
        style = style or (found[1].strip() if found else None)
        for match in _FILES.finditer(plain):
            for name in match[1].split(","):
                if name.strip():
                    names[name.strip() if name.strip().endswith(".bib") else f"{name.strip()}.bib"] = None
    return LatexProject(style=style, biblatex=biblatex, bib_files=tuple(names))
