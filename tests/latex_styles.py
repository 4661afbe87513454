"""The bibliography styles that documents are typeset with: what a document in each of them begins with."""

from __future__ import annotations

from dataclasses import dataclass

_ARTICLE = r"\documentclass{article}"
_NATBIB = r"\usepackage{natbib}\usepackage{url}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """A style, and what its documents begin with.

    `max_authors` is for styles that cannot hold more names; `own` are warnings the style gives for any entry.
    """

    name: str
    head: str = _ARTICLE
    packages: str = ""
    body: str = ""
    fonts: str = r"\usepackage[T1]{fontenc}\usepackage{lmodern}\usepackage{amsmath,amssymb}"
    max_authors: int = 0

    @property
    def preamble(self) -> str:
        return f"{self.head}\n{self.fonts}\n{self.packages}\n"

    @property
    def document(self) -> str:
        """A document that prints every entry of `refs.bib`."""
        return (
            f"{self.preamble}\\begin{{document}}{self.body}\\nocite{{*}}\n"
            f"\\bibliographystyle{{{self.name}}}\\bibliography{{refs}}\n\\end{{document}}\n"
        )


_REVTEX = r"\documentclass[aps,prl,nofootinbib]{revtex4-2}"
STYLES = (
    Style(name="plain"),
    Style(name="abbrv"),
    Style(name="alpha"),
    Style(name="unsrt"),
    Style(name="acm"),
    Style(name="siam"),
    Style(name="ieeetr"),
    Style(name="apalike", packages=r"\usepackage{apalike}"),
    Style(name="plainnat", packages=_NATBIB),
    Style(name="abbrvnat", packages=_NATBIB),
    Style(name="unsrtnat", packages=_NATBIB),
    Style(name="IEEEtran", head=r"\documentclass{IEEEtran}", packages=r"\usepackage{url}"),
    Style(name="IEEEtranN", packages=_NATBIB),
    Style(name="ACM-Reference-Format", head=r"\documentclass[acmsmall,nonacm]{acmart}", fonts=""),
    Style(name="amsplain", head=r"\documentclass{amsart}"),
    Style(name="amsalpha", head=r"\documentclass{amsart}"),
    Style(name="splncs04", head=r"\documentclass{llncs}", packages=r"\usepackage{url}"),
    Style(name="elsarticle-num", head=r"\documentclass[preprint]{elsarticle}"),
    Style(name="elsarticle-harv", head=r"\documentclass[preprint,authoryear]{elsarticle}"),
    Style(name="apsrev4-2", head=_REVTEX, max_authors=300),
    Style(name="apsrmp4-2", head=_REVTEX.replace("prl", "rmp"), max_authors=300),
    Style(name="aipnum4-2", head=_REVTEX.replace("aps,prl", "aip,apl"), max_authors=300),
    Style(name="aaai-named"),
    Style(name="chicago", packages=r"\usepackage{chicago}"),
    Style(name="apacite", packages=r"\usepackage{apacite}"),
    Style(name="agsm", packages=r"\usepackage[agsmcite]{harvard}"),
    Style(name="naturemag"),
    Style(name="iopart-num"),
    Style(name="vancouver", packages=r"\usepackage{url}"),
    Style(name="mnras", packages=_NATBIB),
    Style(name="aasjournal", packages=_NATBIB),
    Style(name="plainurl", packages=r"\usepackage{url}"),
)
