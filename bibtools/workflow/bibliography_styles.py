"""What bibliography styles print: where each shows the arXiv id of a preprint. Facts only.

Measured with pdfLaTeX, BibTeX and biber over the styles of TeX Live 2022 and those that publishers and conferences
give their authors.
"""

from __future__ import annotations

import re

from bibtools.model import Profile

_WITH_EPRINT = """
acm-reference-format chemcommun chemeurj ieeetran ieeetrann ieeetrans ieeetransa ieeetransn inorgchem jamchemsoc
jamchemsoc_all unamthesis aapmrev4-2 aasjournal abbrvdin abbrvnat abbrvurl abntex2-alf abntex2-num achemso
adfathesis agsm aichej aipauth4-1 aipauth4-2 aipnum4-1 aipnum4-2 ajl alphadin alphaurl angew aomalpha aomplain
apacann apacannx apacite apacitex apalike-ejor apsr apsrev apsrev4-1 apsrev4-2 apsrmp apsrmp4-1 apsrmp4-2
ascelike asmeconf asmejour bath bathx biochem cas-model2-names cascadilla cc2 chetref chronoplainnm cmpj
cqunumerical dcu dlfltxbbibtex econ econ-abbr econ-aea econ-b econ-econometrica econ-jet econ-jie econ-jpe
econ-no-sort econ-old elsarticle-harv elsarticle-num elsarticle-num-names francais francaissc
gbt7714-2005-author-year gbt7714-2005-numerical gbt7714-author-year gbt7714-numerical hustthesis iopart-num
is-abbrv is-alpha is-plain is-unsrt jae jmr jpe jphysicsb jss2 kluwer mnras munich natdin naturemag naturemagdoi
nddiss2e newcastle perception plaindin plainnat plainnat-letters plainnm plainurl prtec quantum resphilosophica
rsc sageep sapthesis splncs04 thuthesis-author-year thuthesis-bachelor thuthesis-numeric tufte tugboat unifith
unsrtdin unsrtnat unsrtnm unsrturl upmplainnat vancouver acl_natbib spbasic sn-apacite sn-aps sn-basic
sn-mathphys-ay sn-mathphys-num sn-nature sn-vancouver-ay sn-vancouver-num
"""
_KNOWN = frozenset(_WITH_EPRINT.split())
_YEARLY_WITH_EPRINT = re.compile(r"iclr20\d\d_conference|icml20(?:2[4-9]|[3-9]\d)|aaai(?:20)?(?:2[4-9]|[3-9]\d)")
_ONLY_JOURNALS = frozenset(["bjnano", "hithesis", "hitszbeamer", "hitszthesis", "rusnat", "thubeamer"])
_SILENT_BIBLATEX = re.compile(r"phys|chem-[a-z]+")

_STYLE_OF_CLASS = {
    "revtex4-2": "apsrev4-2", "revtex4-1": "apsrev4-1", "acmart": "acm-reference-format", "llncs": "splncs04",
    "elsarticle": "elsarticle-num", "cas-sc": "cas-model2-names", "cas-dc": "cas-model2-names",
    "ieeetran": "ieeetran", "mnras": "mnras", "achemso": "achemso", "quantumarticle": "quantum",
    "aastex62": "aasjournal", "aastex63": "aasjournal", "aastex631": "aasjournal", "aastex7": "aasjournal",
}  # fmt: skip
_STYLE_OF_SOCIETY = {"aip": "aipnum4-2", "rmp": "apsrmp4-2"}
_STYLE_OF_PACKAGE = {"acl": "acl_natbib", "apacite": "apacite"}


def shown_by(style: str) -> Profile:
    """The profile under which a BibTeX style prints the arXiv id of a preprint, and prints it once if it can.

    Styles that print `url` or `eprint` need no second place for it; a few print nothing but journals. `classic` is
    shown by all others.

    >>> shown_by("plainnat"), shown_by("plain"), shown_by("iclr2025_conference"), shown_by("rusnat")
    ('modern', 'classic', 'modern', 'scholar')
    """
    name = style.lower()
    if name in _KNOWN or _YEARLY_WITH_EPRINT.fullmatch(name):
        return "modern"
    return "scholar" if name in _ONLY_JOURNALS else "classic"


def biblatex_shows_eprint(style: str) -> bool:
    """Whether a biblatex style prints the eprint of an `@online`."""
    return not _SILENT_BIBLATEX.fullmatch(style)


def style_of_class(name: str, options: str) -> str | None:
    """The style that a class brings along or asks for."""
    words = [word.strip() for word in options.split(",")]
    if name in ("revtex4-2", "revtex4-1"):
        society = next((_STYLE_OF_SOCIETY[word] for word in words if word in _STYLE_OF_SOCIETY), None)
        return society or _STYLE_OF_CLASS[name]
    if name == "sn-jnl":
        return next((word for word in words if word.startswith("sn-")), None)
    return _STYLE_OF_CLASS.get(name)


def style_of_package(name: str) -> str | None:
    """The BibTeX style that a package names itself."""
    return _STYLE_OF_PACKAGE.get(name)
