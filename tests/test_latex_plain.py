from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bibtools.latex.plain import from_plain, to_plain

TABLE = [
    pytest.param(r"{BERT} \& 5\% of \#1", "BERT & 5% of #1", id="escapes"),
    pytest.param(r"\{0,1\}-matrices", "{0,1}-matrices", id="literal braces"),
    pytest.param(r"costs \$5 and \$10", "costs $5 and $10", id="money"),
    pytest.param(r"$\sum_{i=1}^q x_i$ holds", r"$\sum_{i=1}^q x_i$ holds", id="mathematics no character says"),
    pytest.param(r"H\textsubscript{2}O", "H2O", id="no markup"),
    pytest.param(
        r"a\textbackslash{}b\textasciitilde{}c\textasciigrave{}d", "a\\\u2060b~c`d", id="TeX's own signs"
    ),
    pytest.param(r"\$x\$ is literal", "$\u2060x$ is literal", id="literal dollars"),
]


@pytest.mark.parametrize(("latex", "plain"), TABLE)
def test_to_plain(latex, plain):
    assert to_plain(latex) == plain
    assert to_plain(from_plain(plain)) == plain


@pytest.mark.parametrize(
    ("plain", "latex"),
    [
        pytest.param("100% of {0,1}", r"100\% of \{0,1\}", id="literal"),
        pytest.param(r"Schr{\"o}dinger & \emph{co}", r"Schr{\"o}dinger \& \emph{co}", id="pasted TeX"),
        pytest.param("from $x_1$ to $5 and $6", r"from $x_1$ to \$5 and \$6", id="mathematics and money"),
        pytest.param("α–β — “q”", "$\\alpha$–$\\beta$ — “q”", id="characters"),
        pytest.param("a -- b ``c''", "a – b “c”", id="typewritten"),
        pytest.param("two\n lines\tof it", "two lines of it", id="white space"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_from_plain(plain, latex):
    assert from_plain(plain) == latex


HOSTILE = st.text(
    alphabet=st.sampled_from(list("ab$5\\{}&%#_^~`'\"-<>|()[] \n\u0301éα≤∑漢😀א\u202e\u2060/iemph")), max_size=24
)


@settings(max_examples=1500)
@given(HOSTILE | st.text(max_size=24))
def test_what_is_read_from_what_was_written_is_written_the_same(text):
    for first in (text, from_plain(text)):
        once = to_plain(first)
        assert to_plain(from_plain(once)) == once
