"""What the commands of a formula look like as characters. Facts only, no rules."""

from __future__ import annotations

from bibtools.latex.tables import MATH, TEXT

SYMBOLS = {command[1:]: symbol for symbol, command in reversed((TEXT | MATH).items()) if command[:1] == "\\"} | {
    "le": "≤", "ge": "≥", "ne": "≠", "rightarrow": "→", "gets": "←", "land": "∧", "lor": "∨", "lnot": "¬",
    "varepsilon": "ε", "upsilon": "υ", "dagger": "†", "ddagger": "‡", "dots": "…", "dotsc": "…", "dotsb": "⋯",
    "iff": "⟺", "implies": "⟹", "owns": "∋", "varnothing": "∅", "colon": ":", "lbrace": "{", "rbrace": "}",
    "lvert": "|", "rvert": "|", "vert": "|", "Vert": "‖", "lVert": "‖", "rVert": "‖",
    "backslash": "\\", "prime": "′",
    "square": "□", "hslash": "ℏ", "bot": "⊥", "smallsetminus": "∖", "lhd": "◁", "rhd": "▷", "leadsto": "⇝",
    "thickapprox": "≈", "thicksim": "∼", "lbrack": "[", "rbrack": "]",
    "imath": "ı", "jmath": "ȷ",
}  # fmt: skip
SIGNS = SYMBOLS | {
    "textless": "<", "textgreater": ">", "textbar": "|", "textbackslash": "\\", "textasciitilde": "~",
    "textasciicircum": "^", "textasciigrave": "`", "textbraceleft": "{", "textbraceright": "}",
    "textunderscore": "_", "textdollar": "$", "textendash": "–", "textemdash": "—", "textellipsis": "…",
    "LaTeX": "LaTeX", "LaTeXe": "LaTeX2ε", "TeX": "TeX", "slash": "/", "quad": " ", "qquad": " ",
    "textquoteleft": "‘", "textquoteright": "’", "textquotedblleft": "“", "textquotedblright": "”",
    "textquotesingle": "'", "textquotedbl": '"', "guillemetleft": "«", "guillemetright": "»", "textmu": "µ",
    "textminus": "−", "texttimes": "×", "textpm": "±", "textdiv": "÷", "textohm": "Ω", "textsection": "§",
    "textparagraph": "¶", "textdagger": "†", "textdaggerdbl": "‡", "textcopyright": "©", "textsterling": "£",
    "textperiodcentered": "·", "textonesuperior": "¹", "texttwosuperior": "²", "textthreesuperior": "³",
    "textcelsius": "°C", "textrightarrow": "→", "textleftarrow": "←", "textuparrow": "↑", "textdownarrow": "↓",
    "textlnot": "¬", "textsurd": "√", "textasciicaron": "ˇ", "item": "•",
    "degree": "°",
}  # fmt: skip
"""Commands that stand for characters outside math too."""

_FUNCTIONS = """
arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf limsup ln log max
min Pr sec sin sinh sup tan tanh
"""
_PLAIN_FONTS = "mathrm mathit mathnormal text mbox textrm textnormal operatorname textup mathsf textsf"
_BOLD = "mathbf boldsymbol bm textbf pmb"
_IGNORED = """
left right middle displaystyle textstyle limits nolimits rm bf it sf tt big Big bigl bigr Bigl Bigr bigg Bigg
biggl biggr
"""
FUNCTIONS = frozenset(_FUNCTIONS.split())
PLAIN_FONTS = frozenset(_PLAIN_FONTS.split())
BOLD = frozenset(_BOLD.split())
WORDS = frozenset(["text", "mbox", "textrm", "textit", "textnormal", "emph", "hbox"])
ALPHABETS = {
    "mathbb": "DOUBLE-STRUCK",
    "mathds": "DOUBLE-STRUCK",
    "mathcal": "SCRIPT",
    "mathscr": "SCRIPT",
    "mathfrak": "FRAKTUR",
}
ACCENTS = {"hat": "\u0302", "bar": "\u0304", "tilde": "\u0303", "vec": "\u20d7", "dot": "\u0307", "ddot": "\u0308",
            "acute": "\u0301", "grave": "\u0300", "check": "\u030c", "breve": "\u0306", "widehat": "\u0302",
            "widetilde": "\u0303", "overline": "\u0305", "mathring": "\u030a", "underline": "\u0332"}  # fmt: skip
IGNORED = frozenset(_IGNORED.split())
SPACES = frozenset(["\\,", "\\;", "\\:", "\\>", "\\ ", "~", "\\quad", "\\qquad"])
RELATIONS = frozenset("=<>≤≥≠≈≃≅≡∼∝≪≫≲≳∈∉∋⊂⊃⊆⊇⊊⊋→←↔⇒⇐⇔↦⟶⟵⟷⟹⟸⟺⟼↪⊢⊨⩽⩾≺≻∣∥≜")
BINARIES = frozenset("+−×±∓÷⊕⊗∪∩∧∨∘⊔⊓∖⋊⋉")
SUPERSCRIPTS = dict(
    zip(
        "0123456789+−-=()niabcdefghjklmoprstuvwxyzT′βγδθφχ*∗",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀ′ᵝᵞᵟᶿᵠᵡ**",
        strict=True,
    )
)
SUPERSCRIPTS |= {"∘": "°"}
SUBSCRIPTS = dict(
    zip("0123456789+−-=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True)
)
