r"""What a folder's LaTeX files say about its bibliography: the style, the package, the `.bib` file.

Read once, by `init`; nothing reads it later, so that a template that comes in changes no result.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from bibtools.model import EntryFormat, Profile
from bibtools.workflow.bibliography_styles import biblatex_shows_eprint, shown_by, style_of_class, style_of_package

_COMMENT = re.compile(r"(?<!\\)%.*")
_CLASS = re.compile(r"\\documentclass\s{0,9}(?:\[([^\[\]]{0,2000})\]\s{0,9})?\{([^{}]{1,200})\}")
_PACKAGE = re.compile(
    r"\\(?:usepackage|RequirePackage)\s{0,9}(?:\[((?:[^\[\]{}]|\{[^{}]{0,500}\}){0,2000})\])?\s{0,9}\{([^{}]{0,400})\}"
)
_STYLE = re.compile(r"\\bibliographystyle\s{0,9}\{([^{}]{1,200})\}")
_FILES = re.compile(
    r"\\(?:bibliography|addbibresource|addglobalbib)\s{0,9}(?:\[[^\[\]]{0,500}\])?\s{0,9}\{([^{}]{1,1000})\}"
)
_OPTIONS = re.compile(r"\\ExecuteBibliographyOptions\s{0,9}(?:\[[^\[\]]{0,200}\])?\s{0,9}\{([^{}]{0,2000})\}")
_OPTION = re.compile(r"(?:^|,)\s*([a-z]+)\s*(?:=\s*\{?\s*([^,{}]*?)\s*\}?\s*)?(?=,|\Z)")


@dataclass(frozen=True, slots=True, kw_only=True)
class LatexProject:
    """`style` is the style of BibTeX or biblatex that is named or implied, `bib_files` are as named, with suffix.

    `biblatex` says that the package is used, `without_eprint` that its options keep it from printing eprints.
    """

    style: str | None = None
    biblatex: bool = False
    without_eprint: bool = False
    bib_files: tuple[str, ...] = ()

    @property
    def decides(self) -> bool:
        """Whether the files say anything of a bibliography: those of a template may not."""
        return self.biblatex or self.style is not None or bool(self.bib_files)

    @property
    def format(self) -> EntryFormat:
        """The format for these files."""
        return "biblatex" if self.biblatex else "bibtex"

    @property
    def profile(self) -> Profile:
        """The profile under which the style shows the id: see :func:`shown_by`.

        biblatex prints the eprint of an `@online`; where a style does not, or was told not to, only an `@article`
        of profile `scholar` is shown.
        """
        if not self.biblatex:
            return shown_by(self.style or "")
        shown = not self.without_eprint and biblatex_shows_eprint(self.style or "")
        return "classic" if shown else "scholar"


@dataclass(slots=True)
class _Reading:
    """What was seen so far: a style that is named counts more than one that a class or package implies."""

    named: str | None = None
    implied: str | None = None
    biblatex: bool = False
    options: dict[str, str] = field(default_factory=dict)
    names: dict[str, None] = field(default_factory=dict)

    def read(self, text: str) -> None:
        """One file."""
        for match in _CLASS.finditer(text):
            self.implied = self.implied or style_of_class(match[2].strip().lower(), match[1] or "")
        for match in _PACKAGE.finditer(text):
            self._packages(match[2], match[1] or "")
        for match in _OPTIONS.finditer(text):
            self.options.update(_options(match[1]))
        if found := _STYLE.search(text):
            self.named = self.named or found[1].strip()
        for match in _FILES.finditer(text):
            for name in filter(None, map(str.strip, match[1].split(","))):
                self.names[name if name.endswith(".bib") else f"{name}.bib"] = None

    def _packages(self, names: str, options: str) -> None:
        for name in map(str.strip, names.split(",")):
            if name == "biblatex":
                self.biblatex = True
                self.options.update(_options(options))
            self.implied = self.implied or style_of_package(name)


def _options(text: str) -> dict[str, str]:
    return {match[1]: match[2] or "true" for match in _OPTION.finditer(text)}


def read_tex(texts: Iterable[str]) -> LatexProject:
    r"""What some `.tex` files say; comments do not count.

    >>> read_tex([r"\bibliographystyle{plainnat}\bibliography{refs,more}"]).bib_files
    ('refs.bib', 'more.bib')
    """
    seen = _Reading()
    for text in texts:
        seen.read(_COMMENT.sub("", text))
    own = seen.options.get("bibstyle") or seen.options.get("style")
    return LatexProject(
        style=own if seen.biblatex else seen.named or seen.implied,
        biblatex=seen.biblatex,
        without_eprint=seen.options.get("eprint") == "false",
        bib_files=tuple(seen.names),
    )
