"""The bibliography styles that documents are typeset with: what a document in each of them begins with."""

from __future__ import annotations

from dataclasses import dataclass

_AMS = r"\usepackage{amsmath,amssymb}"
_T1 = r"\usepackage[T1]{fontenc}\usepackage{lmodern}"
_NATBIB = r"\usepackage{natbib}\usepackage{url}"
_LINKS = r"\usepackage{hyperref}"
_UNBROKEN = r"\hyphenpenalty10000\exhyphenpenalty10000\pagestyle{empty}"
"""A hyphen at the end of a line is one that pdftotext may take away."""
_LABELS = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """A style of BibTeX, and what its documents begin with.

    `max_authors` is for a style that cannot hold more names. `own` are beginnings of warnings that the style has
    for any entry of this kind. `at_once` is how many entries it can hold: those that tell papers of one author and
    year apart by a letter stop behind some 30 of them.
    """

    name: str
    head: str = r"\documentclass{article}"
    packages: str = ""
    fonts: str = _T1 + _AMS
    max_authors: int = 0
    own: tuple[str, ...] = ()
    at_once: int = 5_000

    @property
    def document(self) -> str:
        """A document that prints every entry of `refs.bib`."""
        return (
            f"{self.head}\n{self.fonts}\n{self.packages}\n\\begin{{document}}{_UNBROKEN}\\nocite{{*}}\n"
            f"\\bibliographystyle{{{self.name}}}\\bibliography{{refs}}\n\\end{{document}}\n"
        )


def _revtex(name: str, *options: str, own: tuple[str, ...] = ()) -> Style:
    """A style of REVTeX, which stops at a list of 1,351 names in any encoding and takes 300."""
    head = f"\\documentclass[{','.join(options)},10pt,nofootinbib]{{revtex4-2}}"
    return Style(name=name, head=head, max_authors=300, own=own, at_once=_LABELS)


STYLES = (
    Style(name="plain"),
    Style(name="abbrv"),
    Style(name="alpha", at_once=_LABELS),
    Style(name="unsrt"),
    Style(name="acm"),
    Style(name="siam"),
    Style(name="ieeetr"),
    Style(name="apalike", at_once=_LABELS, packages=r"\usepackage{apalike}"),
    Style(name="plainnat", at_once=_LABELS, packages=_NATBIB),
    Style(name="abbrvnat", at_once=_LABELS, packages=_NATBIB + _LINKS),
    Style(name="unsrtnat", at_once=_LABELS, packages=_NATBIB),
    Style(name="IEEEtran", head=r"\documentclass{IEEEtran}", packages=r"\usepackage{url}"),
    Style(name="IEEEtranN", at_once=_LABELS, packages=_NATBIB),
    Style(
        name="ACM-Reference-Format",
        at_once=_LABELS,
        head=r"\documentclass[acmsmall,nonacm]{acmart}",
        fonts=_T1 + r"\usepackage{amssymb}",
        own=("Class acmart Warning: You do not have the",),
    ),
    Style(name="amsplain", head=r"\documentclass{amsart}"),
    Style(name="amsalpha", at_once=_LABELS, head=r"\documentclass{amsart}"),
    Style(
        name="splncs04",
        head=r"\documentclass{llncs}",
        packages=r"\usepackage{url}",
        own=("Package amsmath Warning: Unable to redefine math accent \\vec",),
    ),
    Style(name="elsarticle-num", head=r"\documentclass[preprint]{elsarticle}", packages=_LINKS),
    Style(
        name="elsarticle-harv",
        at_once=_LABELS,
        head=r"\documentclass[preprint,authoryear]{elsarticle}",
        packages=_LINKS,
    ),
    _revtex("apsrev4-2", "aps", "prl"),
    _revtex("apsrmp4-2", "aps", "rmp"),
    _revtex("aipnum4-2", "aip", "apl", own=("Warning--jnrlst (dependency: not reversed)",)),
    Style(name="aaai-named", at_once=_LABELS, packages=r"\def\citename#1{#1}"),
    Style(name="chicago", at_once=_LABELS, packages=r"\usepackage{chicago}"),
    Style(
        name="apacite",
        at_once=_LABELS,
        packages=r"\usepackage{apacite}\usepackage{doi}",
        own=("Warning--`others' not consistent with 6th ed.",),
    ),
    Style(name="agsm", at_once=_LABELS, packages=r"\usepackage[agsmcite]{harvard}", max_authors=20),
    Style(name="naturemag"),
    Style(name="iopart-num"),
    Style(
        name="vancouver",
        packages=r"\usepackage{url}",
        own=("Warning--empty author and editor", "Warning--missing publisher"),
    ),
    Style(name="mnras", at_once=_LABELS, packages=_NATBIB + _LINKS),
    Style(name="aasjournal", at_once=_LABELS, packages=_NATBIB + _LINKS),
    Style(name="plainurl", packages=_LINKS),
    Style(
        name="rusnat", packages=_NATBIB + _LINKS, own=("Warning--need volume or number", "Warning--empty pages")
    ),
    Style(name="rsc", packages=_NATBIB),
    Style(name="achemso", packages=_NATBIB),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Biblatex:
    """A style of biblatex; `own` as in :class:`Style`. pdfLaTeX has not the memory for 4,500 entries of it."""

    name: str
    own: tuple[str, ...] = ()
    at_once: int = 900

    @property
    def document(self) -> str:
        """A document that prints every entry of `refs.bib`."""
        return (
            f"\\documentclass{{article}}\n{_T1}{_AMS}\\usepackage[style={self.name}]{{biblatex}}\n"
            "\\addbibresource{refs.bib}\n"
            f"\\begin{{document}}{_UNBROKEN}\\nocite{{*}}\n\\printbibliography\n\\end{{document}}\n"
        )


BIBLATEX = (
    Biblatex(name="numeric"),
    Biblatex(name="authoryear"),
    Biblatex(name="alphabetic"),
    Biblatex(name="apa"),
    Biblatex(name="ieee"),
    Biblatex(name="phys"),
    Biblatex(name="chem-acs"),
    Biblatex(name="nature"),
    Biblatex(name="science"),
    Biblatex(name="mla", own=("Package biblatex Warning: Missing 'hyperref'",)),
    Biblatex(name="chicago-authordate"),
    Biblatex(name="lncs"),
)
