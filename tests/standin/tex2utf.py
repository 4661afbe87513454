r"""arXiv's conversion of TeX to Unicode, as its answers show it: in math too, and with its quirks.

What authors typed as `Bal\'azs`, `$\beta \le 1$` or `\S 3` is stored, searched and answered as `Balázs`,
`$β\le 1$`, `§3`. The passes follow one another in a fixed order, and the quirks come from that order: a
dotless i is a letter before anything is an accent, so `\"{\i}` answers `\"ı`.

The facts are those of arXiv's public module `arxiv.util.tex2utf`.
"""

from __future__ import annotations

import re
import unicodedata


def _table(text: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in text.split())


_LETTERS = _table(
    "AA=Å AE=Æ DH=Ð DJ=Đ ETH=Ð L=Ł NG=Ŋ O=Ø oe=œ OE=Œ TH=Þ aa=å ae=æ dh=ð dj=đ eth=ð i=ı l=ł ng=ŋ o=ø ss=ß th=þ"
)
# `\upsilon` and the variants of epsilon, theta, rho and pi stay as they are; `upsion` is arXiv's own spelling.
_GREEK = _table(
    "Gamma=Γ Delta=Δ Theta=Θ Lambda=Λ Xi=Ξ Pi=Π Sigma=Σ Upsilon=Υ Phi=Φ Psi=Ψ Omega=Ω "
    "alpha=α beta=β gamma=γ delta=δ epsilon=ε zeta=ζ eta=η theta=θ iota=ι kappa=κ lambda=λ mu=μ nu=ν xi=ξ "
    "omicron=ο pi=π rho=ρ varsigma=ς sigma=σ tau=τ upsion=υ varphi=φ phi=ϕ chi=χ psi=ψ omega=ω"
)
_SIGNS = _table("P=¶ S=§ copyright=© guillemotleft=« guillemotright=» pounds=£ dag=† ddag=‡ div=÷ deg=°")

_ACCENTS = {
    "'": ("\u0301", "ACEILNORSUYZaceilnorsuyz"),
    '"': ("\u0308", "AEIOUYaeiouy"),
    ".": ("\u0307", "ACEGIOZacegoz"),
    "=": ("\u0304", "AEIOUYaeiouy"),
    "^": ("\u0302", "ACEGHIJOSUWYaceghijosuwy"),
    "`": ("\u0300", "AEIOUaeiou"),
    "~": ("\u0303", "AINOUainou"),
    "H": ("\u030b", "OUou"),
    "c": ("\u0327", "CEGKLNRSTcegklnrst"),
    "k": ("\u0328", "AEIOUaeiou"),
    "r": ("\u030a", "AUau"),
    "u": ("\u0306", "AEGIOUaegiou"),
    "v": ("\u030c", "ACDEGHIKLNORSTUZacdeghiklnorstuz"),
}

ACCENTED = {
    accent + letter: unicodedata.normalize("NFC", letter + mark)
    for accent, (mark, letters) in _ACCENTS.items()
    for letter in letters
}


def _commands(table: dict[str, str]) -> re.Pattern[str]:
    r"""A command of the table: in braces of its own, or with the blank, `{}` or `\` (before a blank) after it."""
    names = "|".join(sorted(table, key=len, reverse=True))
    return re.compile(rf"\{{\\(?P<braced>{names})\}}|\\(?P<bare>{names})(?:\b|(?=_))(?:\\(?= )| |\{{\}})?")


_PASSES = [(table, _commands(table)) for table in (_LETTERS, _GREEK, _SIGNS)]
_DOTLESS_J = re.compile(r"\{\\j\}|\\j\s")
_DOUBLE_BRACES = re.compile(r"\{\{([^}]*)\}\}")
_ACCENT_PASSES = [
    re.compile(pattern)
    for pattern in (
        r"""\\(['`^"~=.])([a-zA-Z])""",
        r"""\\(['`^"~=.])\{([a-zA-Z])\}""",
        r"""\\([Hckoruv])\{([a-zA-Z])\}""",
    )
]
_TIE = re.compile(r"\\t\{([^}])\}")


def _accented(match: re.Match[str]) -> str:
    """The accented letter; where arXiv knows none, the command without its backslash and punctuation."""
    accent, letter = match.groups()
    plain = accent + letter if accent.isalpha() else letter
    return ACCENTED.get(accent + letter, plain)


def tex2utf(text: str) -> str:
    r"""The text as arXiv stores and answers it.

    >>> tex2utf(r"Bal\'azs, $0 \le \alpha , \beta \le 1$, \varepsilon, {\o}, \c{c}, \"{\i}")
    'Balázs, $0 \\le α, β\\le 1$, \\varepsilon, ø, ç, \\"ı'
    """
    if "\\" in text:
        for table, pattern in _PASSES:
            text = pattern.sub(lambda match, table=table: table[match["braced"] or match["bare"]], text)
        text = _DOTLESS_J.sub("j", text)
    while "{{" in text:
        reduced = _DOUBLE_BRACES.sub(r"{\1}", text)
        if reduced == text:
            break
        text = reduced
    if "\\" in text:
        for pattern in _ACCENT_PASSES:
            text = pattern.sub(_accented, text)
        text = _TIE.sub(r"\1", text)
    return text
