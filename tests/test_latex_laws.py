"""What holds for any text at all, and that no text takes long."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bibtools import latex

PIECES = r"""
a b A ~ ^ _ & % # $ $ $ $$ ' " ` { } { } \ \\ < > | - [ ] ( ) , . α θ ≤ é İ ı ç ° ² ά 李 … – \' \"{ \c \c{
\^{ \i \o \S \frac \frac{ \sqrt \sqrt[ \alpha \emph{ \textbf{ \left( \right) \left \{ \} \( \) \[ \] \foo
\foo{ \cite{x} \href{a}{ \url{ \begin{array}{c} \end{array} \begin{equation} \end{equation} \bf \rm \text{
\mathbf \over \label{ \item \limits \sum \mathbb BERT GPT-4 \begin{align} \cal \TeX \S{} $X$ {\it \H{o} {X} X_{\rm
"""
TEXTS = st.lists(st.sampled_from([*PIECES.split(), " ", " ", "q\u0303", "\\ "]), max_size=16).map("".join)
TEXTS |= st.text(max_size=24)
TEXTS |= st.lists(st.sampled_from(["{", "}", "\\{", "\\}", "$", "x", "\\", "\\frac", "^"]), max_size=10).map(
    "".join
)


def is_balanced(marks):
    depth = 0
    for mark in marks:
        depth += {"{": 1, "}": -1}.get(mark, 0)
        if depth < 0:
            return False
    return depth == 0


@settings(max_examples=600)
@given(TEXTS, st.booleans(), st.booleans())
def test_encoding_twice_is_encoding_once_and_all_is_balanced(text, ascii_only, links):
    encoded = latex.encode(text, ascii_only=ascii_only, links=links)
    assert latex.encode(encoded.text, ascii_only=ascii_only, links=links).text == encoded.text
    assert links or not re.search(r"\\(?:url|href)", encoded.text)
    unescaped = re.findall(r"\\.|.", encoded.text, re.DOTALL)
    assert is_balanced(unescaped), "as TeX counts"
    assert is_balanced(encoded.text), "as BibTeX counts"
    assert unescaped.count("$") % 2 == 0
    assert unescaped[-1:] != ["\\"]
    if ascii_only:
        assert {c for c in encoded.text if not c.isascii()} <= set(encoded.unknown)


@settings(max_examples=400)
@given(TEXTS, st.booleans(), st.booleans())
def test_name_parts_are_stable_and_balanced(text, bibtex, ascii_only):
    part = latex.encode_name_part(text, bibtex=bibtex, ascii_only=ascii_only)
    assert is_balanced(part)
    assert latex.encode_name_part(part, bibtex=bibtex, ascii_only=ascii_only) == part


@settings(max_examples=400)
@given(TEXTS)
def test_protecting_case_says_the_same_and_is_done_once(text):
    encoded = latex.encode(text).text
    protected = latex.protect_case(encoded)
    assert latex.protect_case(protected) == protected
    assert is_balanced(protected)
    assert latex.same_text(protected, encoded)
    assert latex.encode(protected).text == protected


@settings(max_examples=400)
@given(TEXTS)
def test_no_backslash_is_seen_outside_math(text):
    decoded = latex.decode(text)
    assert "\\" not in decoded or "$" in decoded
    assert latex.decode(text, math="unicode") == latex.decode(text, math="unicode").strip()
    assert not re.search(r"<(?!/?(?:i|b|code|sup|sub)>)", latex.to_html(text))


HOSTILE = {
    "dollars": "$" * 20_000,
    "money": "$5 and " * 5_000,
    "open": "{" * 20_000,
    "close": "}" * 20_000,
    "backslashes": "\\" * 20_001,
    "openers": "\\(" * 10_000,
    "openers in groups": "\\({" * 7_000,
    "deep": "{" * 5_000 + "}" * 5_000,
    "deep math": "$" + "{" * 5_000 + "}" * 5_000 + "$",
    "text in math": "$" + "\\text{" * 5_000 + "}" * 5_000 + "$",
    "math in text in math": "$\\text{" * 3_000,
    "options": "$" + "\\sqrt[" * 5_000 + "$",
    "accents": "\\'" * 10_000,
    "accents in groups": "\\'{" * 7_000,
    "letter accents": "\\c" * 9_000,
    "Greek": "α" * 20_000,
    "Greek in math": "$" + "α" * 20_000 + "$",
    "environments": "\\begin{equation}" * 2_000,
    "arrays": "$" + "\\begin{array}" * 3_000 + "$",
    "fences": "$" + "\\left(" * 5_000 + "$",
    "scripts": "\\alpha_" * 5_000,
    "fractions": "$" + "\\frac" * 6_000 + "$",
    "escaped braces": "\\{" * 10_000,
    "hyphens": "A-" * 10_000,
    "figures": "A" + "-1" * 10_000,
    "switches": "\\bf " * 5_000,
    "quotes": "`'" * 10_000,
    "foreign": "\\foo" * 5_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_time_is_bounded(text):
    start = time.process_time()
    protected = latex.protect_case(latex.encode(text).text)
    latex.encode_name_part(text, bibtex=True)
    latex.decode(text, math="unicode")
    latex.to_html(text)
    latex.comparable(protected)
    assert time.process_time() - start < 5
