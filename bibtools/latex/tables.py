r"""What a character is in LaTeX and back: Greek, symbols, accents. Facts only, no rules.

A name stands for a command (`leq` for `\leq`); what is not a name is written as it is.
"""

from __future__ import annotations

_GREEK = """
α alpha β beta γ gamma δ delta ε epsilon ζ zeta η eta θ theta ι iota κ kappa λ lambda μ mu ν nu ξ xi ο o π pi ρ
rho ς varsigma σ sigma τ tau υ upsilon φ varphi χ chi ψ psi ω omega ϑ vartheta ϕ phi ϖ varpi ϱ varrho ϰ varkappa
ϵ epsilon ϝ digamma Γ Gamma Δ Delta Θ Theta Λ Lambda Ξ Xi Π Pi Σ Sigma Υ Upsilon Φ Phi Ψ Psi Ω Omega ϴ Theta Α
\\mathrm{A} Β \\mathrm{B} Ε \\mathrm{E} Ζ \\mathrm{Z} Η \\mathrm{H} Ι \\mathrm{I} Κ \\mathrm{K} Μ \\mathrm{M} Ν
\\mathrm{N} Ο \\mathrm{O} Ρ \\mathrm{P} Τ \\mathrm{T} Χ \\mathrm{X} µ mu
"""
# arXiv answers ϕ for \phi, φ for \varphi, ε for \epsilon: the way back is the same

_SYMBOLS = """
≤ leq ≥ geq ≠ neq ≈ approx ≃ simeq ≅ cong ≡ equiv ∼ sim ∝ propto ≪ ll ≫ gg ≲ lesssim ≳ gtrsim ⩽ leqslant ⩾
geqslant ≺ prec ≻ succ ⪯ preceq ⪰ succeq ≍ asymp ≐ doteq ≜ triangleq ≔ := ∈ in ∉ notin ∋ ni ⊂ subset ⊃ supset ⊆
subseteq ⊇ supseteq ⊊ subsetneq ⊋ supsetneq ⊄ \\not\\subset ∣ mid ∤ nmid ∥ parallel ∦ nparallel ⊥ perp ⊢ vdash ⊣
dashv ⊨ models ⊏ sqsubset ⊐ sqsupset ⊑ sqsubseteq ⊒ sqsupseteq ⊲ vartriangleleft ⊳ vartriangleright ⊴
trianglelefteq ⊵ trianglerighteq ≦ leqq ≧ geqq ≮ nless ≯ ngtr ≰ nleq ≱ ngeq ≁ nsim ⋈ bowtie ⌣ smile ⌢ frown → to
← leftarrow ↔ leftrightarrow ↑ uparrow ↓ downarrow ↕ updownarrow ⇒ Rightarrow ⇐ Leftarrow ⇔ Leftrightarrow ⇑
Uparrow ⇓ Downarrow ↦ mapsto ⟶ longrightarrow ⟵ longleftarrow ⟷ longleftrightarrow ⟹ Longrightarrow ⟸
Longleftarrow ⟺ Longleftrightarrow ⟼ longmapsto ↪ hookrightarrow ↩ hookleftarrow ↗ nearrow ↘ searrow ↖ nwarrow ↙
swarrow ⇌ rightleftharpoons ⇀ rightharpoonup ↝ rightsquigarrow ⇝ rightsquigarrow ↠ twoheadrightarrow ⇄
rightleftarrows ↛ nrightarrow × times ± pm ∓ mp ÷ div · cdot ⋅ cdot ∗ ast ⋆ star ∘ circ ∙ bullet ⊕ oplus ⊖
ominus ⊗ otimes ⊘ oslash ⊙ odot ∧ wedge ∨ vee ∩ cap ∪ cup ⊎ uplus ⊓ sqcap ⊔ sqcup ∖ setminus ≀ wr ⋊ rtimes ⋉
ltimes ⊠ boxtimes ⊞ boxplus ◁ triangleleft ▷ triangleright ⋄ diamond ◇ Diamond □ Box ◻ Box ■ blacksquare △
triangle ▲ blacktriangle ▽ triangledown ▼ blacktriangledown ★ bigstar ☆ star ○ bigcirc ◯ bigcirc ● bullet ∑ sum
∏ prod ∐ coprod ∫ int ∬ iint ∭ iiint ∮ oint ⋃ bigcup ⋂ bigcap ⋁ bigvee ⋀ bigwedge ⨁ bigoplus ⨂ bigotimes ∞ infty
∂ partial ∇ nabla ∀ forall ∃ exists ∄ nexists ∅ emptyset ⌀ varnothing ¬ neg ∠ angle ∡ measuredangle ℵ aleph ℏ
hbar ℓ ell ℘ wp ℜ Re ℑ Im ⅈ i ⅉ j ⅇ e √ surd ⊤ top ∴ therefore ∵ because ∎ blacksquare ♯ sharp ♭ flat ♮ natural
♠ spadesuit ♥ heartsuit ♦ diamondsuit ♣ clubsuit ✓ checkmark ✔ checkmark ✠ maltese ⟨ langle ⟩ rangle 〈 langle 〉
rangle ⌈ lceil ⌉ rceil ⌊ lfloor ⌋ rfloor ‖ Vert ∶ : … ldots ⋯ cdots ⋮ vdots ⋱ ddots ′ \\prime ″ \\prime\\prime − -
∕ / ⁄ / ∣ mid ⟦ [\\![ ⟧ ]\\!] ⊸ multimap ⊺ intercal ⋮ vdots ≬ between ⊬ nvdash ⊭ nvDash ↾ upharpoonright ℧ mho ð
eth ∁ complement ≾ precsim ≿ succsim ⋘ lll ⋙ ggg ≊ approxeq ∽ backsim ≼ preccurlyeq ≽ succcurlyeq ⊩ Vdash ⇢
dashrightarrow ⇠ dashleftarrow ° ^\\circ ² ^2 ³ ^3 ¹ ^1
"""

_TEXT = """
§ S ¶ P † dag ‡ ddag © copyright £ pounds ® textregistered ™ texttrademark • textbullet ° textdegree ß ss æ ae Æ
AE œ oe Œ OE ø o Ø O ł l Ł L ı i ȷ j å aa Å AA ð dh Ð DH þ th Þ TH đ dj Đ DJ ŋ ng Ŋ NG ẞ SS … ldots – -- — --- ‘
` ’ ' “ `` ” '' „ quotedblbase ‚ quotesinglbase « guillemotleft » guillemotright ‹ guilsinglleft ›
guilsinglright ¡ textexclamdown ¿ textquestiondown ª textordfeminine º textordmasculine ¢ textcent ¥ textyen €
texteuro ¦ textbrokenbar ¨ textasciidieresis ¯ textasciimacron ´ textasciiacute ¸ c{} ‰ textperthousand ‱
textpertenthousand ½ textonehalf ¼ textonequarter ¾ textthreequarters ¤ textcurrency ƒ textflorin № textnumero ℠
textservicemark ‽ textinterrobang ※ textreferencemark ₩ textwon ₦ textnaira ₫ textdong ₱ textpeso ₤ textlira ฿
textbaht ℮ textestimated ℞ textrecipe ␣ textvisiblespace ♪ textmusicalnote ◦ textopenbullet ⁎
textasteriskcentered
"""

_ACCENTS = "̀ ` ́ ' ̂ ^ ̃ ~ ̄ = ̇ . ̈ \" ̊ r ̋ H ̌ v ̆ u ̧ c ̨ k ̣ d ̱ b"


def _pairs(table: str) -> dict[str, str]:
    words = table.split()
    return dict(zip(words[::2], words[1::2], strict=True))


def _command(written: str) -> str:
    return f"\\{written}" if written.isalpha() and written.isascii() and len(written) > 1 else written


GREEK = {letter: _command(name) for letter, name in _pairs(_GREEK).items()}
"""Greek letter → its command in math."""

MATH = GREEK | {symbol: _command(name) for symbol, name in _pairs(_SYMBOLS).items()}
"""Character → what it is in math: one control word, or a short formula."""

_LITERAL_TEXT = frozenset("–—‘’“”")
TEXT = {symbol: name if symbol in _LITERAL_TEXT else f"\\{name}" for symbol, name in _pairs(_TEXT).items()}
r"""Character → what it is outside math: a control word (`\S`), or ASCII (`--`)."""

COMBINING = _pairs(_ACCENTS)
"""Combining mark → the accent command's name (`'`, `c`)."""

ACCENTS = {name: mark for mark, name in COMBINING.items()}
"""Accent command's name → combining mark."""
