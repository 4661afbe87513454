"""What happens to a text on its way from arXiv into somebody's notes; each damage takes (text, rng) → text."""

from __future__ import annotations

import re
import textwrap

_SENTENCE_END = re.compile(r"(?<=[a-z\d)$}][.!?])\s+(?=[A-Z])")


def sentences_of(text):
    return [one for one in _SENTENCE_END.split(" ".join(text.split())) if one]


def enough_text(text):
    """Whether a text is long enough that anybody could say what it is."""
    return len(re.findall(r"[A-Za-z]{3,}", text)) >= 14


def whole(text, rng):
    return text


def wrapped(text, rng):
    """Lines as in a PDF's column, words broken at their ends."""
    lines, line = [], ""
    for word in text.split():
        if len(line) + len(word) + 1 > 62:
            room = 62 - len(line) - 1
            if len(word) > 7 and room > 4 and word.isalpha():
                cut = min(room - 1, len(word) - 3)
                lines.append(f"{line} {word[:cut]}-")
                line = word[cut:]
                continue
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return "\n".join([*lines, line])


def filled(text, rng):
    return textwrap.fill(" ".join(text.split()), 78)


_GREEK = dict(
    zip(
        [
            "alpha",
            "beta",
            "gamma",
            "delta",
            "epsilon",
            "lambda",
            "mu",
            "nu",
            "pi",
            "rho",
            "sigma",
            "tau",
            "phi",
            "chi",
            "psi",
            "omega",
            "Gamma",
            "Delta",
            "Lambda",
            "Sigma",
            "Phi",
            "Psi",
            "Omega",
        ],
        "αβγδελμνπρστφχψωΓΔΛΣΦΨΩ",
        strict=True,
    )
)
_SYMBOLS = {
    "leq": "≤",
    "le": "≤",
    "geq": "≥",
    "ge": "≥",
    "to": "→",
    "rightarrow": "→",
    "infty": "∞",
    "times": "×",
    "sim": "∼",
    "in": "∈",
    "mathbb": "",
    "mathcal": "",
    "mathbf": "",
    "mathrm": "",
    "rm": "",
    "ell": "ℓ",
    "sqrt": "√",
    "cdot": "·",
    "pm": "±",
    "approx": "≈",
    "otimes": "⊗",
}


def unicode_math(text, rng):
    def convert(found):
        inner = re.sub(r"\\([A-Za-z]+)", lambda m: _GREEK.get(m[1], _SYMBOLS.get(m[1], m[1])), found[1])
        return re.sub(r"[{}_^\\]", "", inner)

    return plain_commands(re.sub(r"\$([^$]*)\$", convert, text))


def no_math(text, rng):
    return plain_commands(re.sub(r"\$[^$]*\$", "", text))


def plain_commands(text):
    text = re.sub(r"\\(?:emph|textbf|textit|texttt|text|em|it|bf)\b\s*", "", text)
    return re.sub(r"[{}]", "", text)


def typeset(text, rng):
    """Ligatures and typographic quotes, as copied from a typeset page."""
    for plain, fancy in (
        ("ffi", "ﬃ"),
        ("fi", "ﬁ"),
        ("fl", "ﬂ"),
        ("ff", "ﬀ"),
        ("--", "–"),
        ("``", "“"),
        ("''", "”"),
        ("'", "’"),
    ):
        text = text.replace(plain, fancy)
    return re.sub(r'"([^"]*)"', r"“\1”", text)


def slips(rate):
    def damage(text, rng):
        words = text.split(" ")
        for number, word in enumerate(words):
            if len(word) > 3 and word.isalpha() and rng.random() < rate:
                at = rng.randrange(1, len(word) - 1)
                words[number] = rng.choice(
                    [
                        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
                        word[:at] + word[at + 1 :],
                        word[:at] + word[at] + word[at:],
                        word[:at] + rng.choice("abcdefghijklmnopqrstuvwxyz") + word[at + 1 :],
                    ]
                )
        return " ".join(words)

    return damage


_MISREAD = [
    ("rn", "m"),
    ("m", "rn"),
    ("l", "1"),
    ("cl", "d"),
    ("i", "l"),
    ("h", "b"),
    ("e", "c"),
    ("o", "0"),
    ("fi", "f i"),
    ("vv", "w"),
    ("w", "vv"),
    ("in", "m"),
]


def misread(rate):
    def damage(text, rng):
        words = text.split(" ")
        for number, word in enumerate(words):
            if len(word) > 3 and rng.random() < rate:
                choices = [(a, b) for a, b in _MISREAD if a in word]
                if choices:
                    a, b = rng.choice(choices)
                    words[number] = word.replace(a, b, 1)
        return " ".join(words)

    return damage


def cut(count):
    def damage(text, rng):
        sentences = sentences_of(text)
        if len(sentences) < count + 1:
            return text
        start = rng.randrange(0, len(sentences) - count + 1)
        return " ".join(sentences[start : start + count])

    return damage


def scattered(text, rng):
    """Three sentences from anywhere, in order."""
    sentences = sentences_of(text)
    if len(sentences) < 5:
        return text
    chosen = sorted(rng.sample(range(len(sentences)), 3))
    return " ".join(sentences[at] for at in chosen)


def first_half(text, rng):
    words = text.split()
    return " ".join(words[: max(30, len(words) // 2)])


def upper(text, rng):
    return text.upper()


def commented(text, rng):
    return (
        f"{text}\nComments: {rng.randrange(5, 40)} pages, {rng.randrange(2, 9)} figures, accepted at a conference"
    )


def ascii_only(text, rng):
    import unicodedata

    text = re.sub(r"\\[\"'`^~=.]\{?([A-Za-z])\}?", r"\1", text)
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if c.isascii())


def dropped_words(text, rng):
    words = text.split()
    return " ".join(word for word in words if len(word) > 12 or rng.random() > 0.02)


def everything(text, rng):
    return wrapped(slips(0.015)(typeset(unicode_math(text, rng), rng), rng), rng)


ABSTRACT_DAMAGE = {
    "abstract, whole": whole,
    "abstract, wrapped": filled,
    "abstract, wrapped and hyphenated": wrapped,
    "abstract, math as Unicode": unicode_math,
    "abstract, math lost": no_math,
    "abstract, ligatures and quotes": typeset,
    "abstract, 2 % slips": slips(0.02),
    "abstract, 5 % slips": slips(0.05),
    "abstract, 5 % misread": misread(0.05),
    "abstract, 12 % misread": misread(0.12),
    "abstract, two sentences": cut(2),
    "abstract, three sentences": cut(3),
    "abstract, three scattered sentences": scattered,
    "abstract, first half": first_half,
    "abstract, upper case": upper,
    "abstract, with a comment line": commented,
    "abstract, ASCII": ascii_only,
    "abstract, 2 % of words lost": dropped_words,
    "abstract, PDF with slips": everything,
}


def title_slip(text, rng):
    words = text.split(" ")
    long = [number for number, word in enumerate(words) if len(word) > 5 and word.isalpha()]
    if long:
        number = rng.choice(long)
        words[number] = slips(1.0)(words[number], rng)
    return " ".join(words)


TITLE_DAMAGE = {
    "title": whole,
    "title, upper case": upper,
    "title, ligatures and quotes": typeset,
    "title, math as Unicode": unicode_math,
    "title, slip": title_slip,
    "title, authors": whole,
    "title, slip, authors": title_slip,
    "reference": whole,
    "reference, slip": title_slip,
}
