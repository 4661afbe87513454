"""The commands that LaTeX, amsmath, amssymb and hyperref know, as far as titles and abstracts use them.

What is not listed is some author's own macro, which stops LaTeX wherever it is not defined.
"""

from __future__ import annotations

SAID = {
    "adddot": ".", "addperiod": ".", "isdot": "", "addcomma": ",", "addcolon": ":", "addsemicolon": ";",
    "addslash": "/", "addspace": " ", "addnbspace": " ", "addabbrvspace": " ", "addabthinspace": " ",
    "addthinspace": " ", "hyphen": "-", "nbhyphen": "-", "endash": "--", "emdash": "---", "psq": " sq.",
    "psqq": " sqq.",
}  # fmt: skip
"""Commands of biblatex, and of files that define them, that stand for a sign."""

SAME_AS = {
    "mkbibemph": "emph",
    "mkbibitalic": "textit",
    "mkbibbold": "textbf",
    "mkbibsuperscript": "textsuperscript",
    "mkbibsubscript": "textsubscript",
}
"""Commands of biblatex with one argument, and those of LaTeX that do the same."""

AROUND = {
    "enquote": ("``", "''"), "mkbibquote": ("``", "''"), "mkbibparens": ("(", ")"),
    "mkbibbrackets": ("[", "]"), "autocap": ("", ""), "bibstring": ("", ""),
}  # fmt: skip
"""Commands with one argument, and what is printed before and behind it."""

_LETTERS = "ss SS ae AE oe OE o O l L i j aa AA dh DH th TH dj DJ ng NG"
_TEXT_SYMBOLS = """
S P dag ddag copyright pounds ldots dots LaTeX LaTeXe TeX quad qquad slash textbackslash textasciitilde
textasciicircum textasciigrave textless textgreater textbar textbraceleft textbraceright textunderscore textdollar
textendash textemdash textellipsis textquoteleft textquoteright textquotedblleft textquotedblright textquotesingle
textquotedbl quotedblbase quotesinglbase guillemotleft guillemotright guillemetleft guillemetright guilsinglleft
guilsinglright textexclamdown textquestiondown textordfeminine textordmasculine textregistered texttrademark
textbullet textdegree textcent textyen texteuro textbrokenbar textasciidieresis textasciimacron textasciiacute
textperthousand textpertenthousand textonehalf textonequarter textthreequarters textcurrency textflorin
textnumero textservicemark textinterrobang textreferencemark textwon textnaira textdong textpeso textlira
textbaht textestimated textrecipe textvisiblespace textmusicalnote textopenbullet textasteriskcentered textmu
textohm textminus texttimes textdiv textpm textlnot textsection textparagraph textdagger textdaggerdbl
textcopyright textsterling textperiodcentered textonesuperior textsurd texttwosuperior textthreesuperior
textcelsius textrightarrow textleftarrow textuparrow textdownarrow
"""
_TEXT_ARGUMENT = """
textbf textit emph texttt textsc textsf textrm textmd textup textsl textnormal underline mbox text
textsuperscript textsubscript
"""
_SWITCHES = """
bf it em rm sc tt sf sl bfseries mdseries itshape scshape slshape upshape rmfamily sffamily ttfamily normalfont
normalsize small footnotesize scriptsize tiny large Large LARGE huge Huge
"""
_DROPPED = """
cite citep citet citealp citealt citeauthor citeyear ref eqref label index footnote footnotemark footnotetext
thanks hspace vspace color begin end bibliography bibliographystyle input include noopsort sortnoop SortNoop
"""
_SPACES = """
newline linebreak par noindent smallskip medskip bigskip hfill hfil break nobreak space protect relax maketitle
"""

_MATH_SYMBOLS = """
alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa varkappa lambda mu nu xi pi varpi
rho varrho sigma varsigma tau upsilon phi varphi chi psi omega digamma Gamma Delta Theta Lambda Xi Pi Sigma
Upsilon Phi Psi Omega varGamma varDelta varTheta varLambda varXi varPi varSigma varUpsilon varPhi varPsi
varOmega leq le geq ge neq ne approx simeq cong equiv sim propto ll gg lll ggg lesssim gtrsim leqslant geqslant
lessapprox gtrapprox leqq geqq lneq gneq lneqq gneqq lessgtr gtrless lesseqgtr gtreqless prec succ preceq succeq
precsim succsim preccurlyeq succcurlyeq asymp doteq doteqdot triangleq approxeq backsim thicksim thickapprox
eqsim bumpeq Bumpeq in notin ni owns subset supset subseteq supseteq subsetneq supsetneq varsubsetneq
varsupsetneq subseteqq supseteqq nsubseteq nsupseteq Subset Supset sqsubset sqsupset sqsubseteq sqsupseteq mid
nmid parallel nparallel shortmid perp vdash dashv models vDash Vdash Vvdash nvdash nvDash vartriangleleft
vartriangleright trianglelefteq trianglerighteq ntriangleleft ntriangleright nless ngtr nleq ngeq nsim ncong
bowtie smile frown between pitchfork to gets rightarrow leftarrow leftrightarrow uparrow downarrow updownarrow
Rightarrow Leftarrow Leftrightarrow Uparrow Downarrow Updownarrow mapsto longrightarrow longleftarrow
longleftrightarrow Longrightarrow Longleftarrow Longleftrightarrow longmapsto hookrightarrow hookleftarrow
nearrow searrow nwarrow swarrow rightleftharpoons leftrightharpoons rightharpoonup rightharpoondown
leftharpoonup leftharpoondown rightsquigarrow leadsto twoheadrightarrow twoheadleftarrow rightarrowtail
leftarrowtail rightleftarrows leftrightarrows rightrightarrows leftleftarrows nrightarrow nleftarrow nRightarrow
dashrightarrow dashleftarrow curvearrowright circlearrowleft circlearrowright upharpoonright upharpoonleft
downharpoonright multimap implies impliedby iff times pm mp div cdot ast star circ bullet oplus ominus otimes
oslash odot wedge land vee lor cap cup uplus sqcap sqcup setminus smallsetminus wr rtimes ltimes boxtimes
boxplus boxminus boxdot triangleleft triangleright diamond amalg bigtriangleup bigtriangledown circledast
circledcirc barwedge veebar intercal lhd rhd unlhd unrhd dotplus divideontimes leftthreetimes rightthreetimes
Cap Cup curlywedge curlyvee sum prod coprod int iint iiint oint bigcup bigcap bigvee bigwedge bigoplus bigotimes
bigodot biguplus bigsqcup infty partial nabla forall exists nexists emptyset varnothing neg lnot angle
measuredangle sphericalangle aleph beth gimel daleth hbar hslash ell wp Re Im surd top bot therefore because
sharp flat natural spadesuit heartsuit diamondsuit clubsuit checkmark maltese langle rangle lceil rceil lfloor
rfloor lbrace rbrace lbrack rbrack lvert rvert lVert rVert vert Vert backslash ulcorner urcorner llcorner
lrcorner lgroup rgroup lmoustache rmoustache ldots cdots vdots ddots dots dotsc dotsb dotsm dotsi dotso prime
backprime mho eth complement imath jmath Bbbk Diamond Box square blacksquare lozenge blacklozenge triangle
blacktriangle triangledown bigstar bigcirc circledR circledS Finv Game diagup diagdown colon ldotp cdotp
mathellipsis arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf injlim ker lg lim liminf
limsup ln log max min Pr projlim sec sin sinh sup tan tanh varinjlim varprojlim varliminf varlimsup bmod quad
qquad thinspace medspace thickspace negthinspace enspace space limits nolimits displaystyle textstyle
scriptstyle scriptscriptstyle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm Bigm left right
middle not bf it rm cal sf tt mit boldmath over choose atop nonumber mathstrut strut relax S P dag ddag dagger
ddagger copyright pounds
"""
_MATH_ONE = """
mathcal mathbb mathbf mathrm mathfrak mathit mathsf mathtt mathnormal boldsymbol pmb hat bar tilde vec
dot ddot dddot acute grave breve check mathring overline underline widehat widetilde overrightarrow
overleftarrow overleftrightarrow overbrace underbrace sqrt operatorname operatornamewithlimits pmod mod pod
substack phantom hphantom vphantom boxed xrightarrow xleftarrow mathop mathbin mathrel mathord mathopen
mathclose mathpunct mathinner underbar
"""
_MATH_TWO = "frac dfrac tfrac cfrac binom dbinom tbinom stackrel overset underset"
_MATH_TEXT = "text mbox hbox textrm textbf textit texttt textsf textsc textup textnormal emph"
_ENVIRONMENTS = """
array matrix pmatrix bmatrix Bmatrix vmatrix Vmatrix smallmatrix cases aligned split gathered
"""
_DISPLAYS = "equation equation* align align* eqnarray eqnarray* gather gather* multline multline* displaymath math"

_DELIMITERS = """
{ } | langle rangle lceil rceil lfloor rfloor lbrace rbrace lbrack rbrack lvert rvert lVert rVert vert Vert
backslash uparrow downarrow updownarrow Uparrow Downarrow lgroup rgroup ulcorner urcorner
"""
_OPERATORS = """
sum prod coprod int iint iiint oint bigcup bigcap bigvee bigwedge bigoplus bigotimes bigodot biguplus bigsqcup lim
limsup liminf sup inf max min det gcd Pr varinjlim varprojlim varliminf varlimsup injlim projlim
"""

LETTERS = frozenset(_LETTERS.split())
"""Commands that are letters: `\\ss`, `\\o`."""

TEXT_SYMBOLS = LETTERS | frozenset(_TEXT_SYMBOLS.split())
"""Commands without argument that are text."""

TEXT_ARGUMENT = frozenset(_TEXT_ARGUMENT.split())
"""Commands with one argument that is text."""

SWITCHES = frozenset(_SWITCHES.split())
"""Commands that hold until their group ends: `{\\bf x}`."""

DROPPED = frozenset(_DROPPED.split())
"""Commands that mean nothing outside their own document; they go with their argument."""

SPACES = frozenset(_SPACES.split())
"""Commands about lines and paragraphs: a blank in a title."""

MATH_TEXT = frozenset(_MATH_TEXT.split())
"""Commands of math whose argument is text."""

ARITY = dict.fromkeys(_MATH_ONE.split(), 1) | dict.fromkeys(_MATH_TWO.split(), 2) | dict.fromkeys(MATH_TEXT, 1)
"""Commands of math that need arguments, and how many."""

MATH_COMMANDS = frozenset(_MATH_SYMBOLS.split()) | frozenset(ARITY)
"""Commands that math knows."""

ALIASES = {
    "bm": "boldsymbol",
    "mathbold": "boldsymbol",
    "mathscr": "mathcal",
    "mathds": "mathbb",
    "mathbbm": "mathbb",
    "Bbb": "mathbb",
    "bold": "mathbf",
    "frak": "mathfrak",
    "degree": "°",
    "textless": "<",
    "textgreater": ">",
}
"""Commands of packages that may not be loaded, and what of amsmath or amssymb says the same."""

ENVIRONMENTS = frozenset(_ENVIRONMENTS.split())
"""Environments inside math."""

DISPLAYS = frozenset(_DISPLAYS.split())
"""Environments that are math themselves."""

DELIMITERS = frozenset("()[]|/.<>") | frozenset(f"\\{name}" for name in _DELIMITERS.split())
r"""What may stand behind `\left`, as written."""

OPERATORS = frozenset(f"\\{name}" for name in _OPERATORS.split())
"""What takes limits, as written."""

FONTS = {"rm": "mathrm", "bf": "mathbf", "it": "mathit", "sf": "mathsf", "tt": "mathtt", "cal": "mathcal"}
"""Switches inside math, and the command with an argument that does the same."""

ONCE = frozenset(["over", "choose", "atop"])
"""What may divide a group once."""
