"""How common a word is in abstracts, roughly: enough to choose telling phrases and to weigh differences.

The table is three short lists of English words as they come to mind when one thinks of abstracts; it knows
nothing about any particular paper. A word that is in none of them counts as rare.
"""

from __future__ import annotations

from functools import lru_cache

_STOP_TEXT = """
a an and are as at be but by for if in into is it no not of on or such that the their then there these they
this to was will with we our from which can has have its also been than were more between when both where
while any all how i his her them who what does do may so one two other some each only over under out up most
very via per us he she you your during through about after before because being could did had here itself
just like many me much must my nor off once own same should still those too until upon versus whether whose
within without would yet however thus hence therefore
"""
STOP_WORDS = frozenset(_STOP_TEXT.split())

_EVERYWHERE_TEXT = """
paper result results show shows shown method methods model models approach using use used uses based propose
proposed proposes study studies studied problem problems present presented presents data system systems new
novel first second three different work analysis algorithm algorithms case number set time large small
general theory function functions find found given obtain obtained provide provides order performance
learning network networks information high low state field space existing recent recently well known prove
proved property properties several various consider considered introduce introduced introduces develop
developed demonstrate demonstrates class form point points structure process application applications
experiments experimental numerical effect effects energy quantum value values condition conditions parameter
parameters investigate discuss describe described framework task tasks technique techniques important make
made real good better best single multiple observed measure measured measurement measurements due term terms
physics equation equations solution solutions free local global random group mean way type types et al e g
eq ie eg possible common particular main key full available research significantly significant compared
respectively
"""
_EVERYWHERE = frozenset(_EVERYWHERE_TEXT.split())

_FAMILIAR_TEXT = """
ability able about above absence abstract accelerate accept access accomplish according account accuracy
accurate achieve across act action active activity actual adapt adaptation adaptive add addition additional
address adjust adopt advance advanced advantage affect age agent agree agreement aim air algebra algebraic
aligned alignment allow alone along already alternative although always ambient among amount analogous
analogue analytic analytical analyze analyse ancient angle angular annual another answer any appear apply
appropriate approximate approximation arbitrary architecture area argue argument arise array art article
artificial aspect assess associate associated assume assumption asymptotic atom atomic attack attempt
attention author automatic automated average avoid away axis background balance band bandwidth base basic
basis batch bayesian become began begin behavior behaviour behind believe benchmark benefit beyond bias big
bind binary biological black block body boost bosons bound boundary bounded box brain branch break bridge
brief bring broad build building bulk calculate calculation call cannot capability capable capacity capture
care carry cascade category causal cause cell center central century certain chain challenge challenging
change channel chaotic character characteristic characterization characterize charge chemical chinese choice
choose circuit circular city claim classic classical classification classify clear clearly clinical close
closed cluster clustering code coefficient cognitive coherence coherent cold collaboration collapse collect
collection collective collision color combination combine come communication community compact companion
comparable compare comparison compatible competitive complement complementary complete completely complex
complexity component composition comprehensive compute computation computational computer concentration
concept conclude conclusion condensed conduct confidence configuration confirm conjecture connect connected
connection consequence conservation consist consistency consistent constant constrain constraint construct
construction contain content context continue continuous contrast contribute contribution control
conventional converge convergence convex cool core correct correction correlate correlation correspond
corresponding correspondence cosmic cosmological cost count couple coupling course cover create critical
cross crucial crystal current currently curvature curve cut cycle damage dark database dataset day deal
decade decay decision decompose decomposition decrease deep define definition degree demand dense density
depend dependence dependent depth derivation derivative derive design desire despite detail detailed detect
detection detector determine deterministic development device diagram difference differential difficult
difficulty diffusion digital dimension dimensional direct direction directly discover discovery discrete
discussion disk disorder dispersion display distance distinct distinguish distribute distribution divergence
diverse diversity divide document domain dominate double downstream drive driven dual dynamic dynamical
dynamics early earth easily easy economic edge effective effectively effectiveness efficacy efficiency
efficient efficiently effort either elastic electric electron electronic element elementary eliminate embed
embedding emerge emission emit emphasis empirical employ enable encode encoder encounter end engine
engineering enhance enhanced ensemble ensure entangle entanglement entire entropy environment environmental
equal equilibrium equivalence equivalent error especially essential establish estimate estimation estimator
evaluate evaluation even event eventually every evidence evolution evolve exact exactly examine example
exceed excellent except exchange excitation excite exhibit exist existence expand expansion expect
expectation expected expensive experience experiment expert explain explanation explicit explicitly exploit
exploration explore exponential exponent expose express expression extend extended extension extensive
external extra extract extraction extreme extremely face facilitate fact factor fail failure fair false
family far fast favor feature fermion few field fifth figure film filter final finally fine finite fit fix
fixed flat flexible flow fluctuation fluid focus follow following force forecast formal formalism format
formation former formula formulate formulation forward foundation four fourier fourth fraction frame
frequency frequently function functional fundamental further furthermore fusion future gain galaxy game gap
gas gate gauge gaussian gene generalization generalize generalized generally generate generation generative
generic geometric geometry give global goal go grade gradient graph gravitational gravity great greatly grid
ground group grow growth guarantee guide half hamiltonian hand handle hard harmonic heat heavy height help
hidden hierarchical hierarchy highly history hold hole homogeneous hope host hot human hundred hybrid
hydrogen hypothesis idea ideal identical identification identify identity ignore image imaging impact
implement implementation implication imply importance impose impossible improve improved improvement
incident include inclusion incomplete incorporate increase increasing increasingly indeed independent index
indicate individual induce inequality infer inference infinite inflation influence inform initial inner
input inside insight inspire instability instance instead institute instruction integer integral integrate
integration intelligence intelligent intend intense intensity interact interaction interest interesting
interface interference intermediate internal interpret interpretation interval intrinsic intuition intuitive
invariance invariant inverse investigation involve ion irregular isolate isotropic issue iterative joint
jump kernel kind kinematic kinetic know knowledge label laboratory lack language laser last late latent
later latter lattice law layer lead leading learn least lemma length less let letter level lie life light
likelihood likely limit limitation limited line linear link list literature little localize location logic
logical long longer look loop lose loss lower machine magnetic magnitude mainly maintain major make manifold
manner manual manuscript many map mapping margin mark market mass massive match material mathematical
mathematics matrix matter maximal maximize maximum meaning means mechanical mechanism mechanics medical
medium memory mention mesh metal metric mild minimal minimize minimum minor miss mix mixed mixture mobile
mode moderate modern modify modified modular module modulus molecular moment momentum monitor motion
motivate motivated move movement multi mutual name narrow natural nature near nearly necessarily necessary
need negative network neural neutral neutrino neutron nevertheless next noise noisy none nonlinear norm
normal notably note notion nuclear nucleus null numerous object objective observable observation observe
obstacle occur offer often old open operate operation operator opinion opportunity optic optical optimal
optimization optimize option orbit ordinary orientation origin original orthogonal oscillation otherwise
outcome output outline outperform outside overall overcome overview pair parallel parameterize part partial
partially participate particle particularly partition passive past path patient pattern people perform
period periodic permit person perspective perturbation phase phenomena phenomenon photon physical pipeline
place plan planar plane planet plasma platform play plot polarization policy polynomial poor popular
population position positive possess possibility post potential potentially power powerful practical
practice precise precisely precision predict prediction predictive prefer preliminary presence preserve
pressure prevent previous previously primary prime principle prior priori probability probabilistic probe
procedure produce product production profile program progress project projection prominent promise promising
proof propagate propagation proper properly proportional proposal protect protein protocol proton provide
pure purpose put quality quantify quantitative quantity quark query question quick quickly quite radial
radiation radiative radio radius raise range rank rapid rapidly rare rate rather ratio raw ray reach
reaction read real realistic reality realize reason reasonable recall receive recognition recognize
reconstruct reconstruction record recover recurrent reduce reduction refer reference refine reflect regime
region regression regular regularity regularization reinforcement relate related relation relationship
relative relatively relativistic relax relevant reliable reliability rely remain remark remarkable remove
render repeat replace report represent representation representative reproduce require requirement residual
resolution resolve resonance resource respect response responsible rest restrict restricted restriction
retrieval return reveal review rich right rigid rigorous rise risk robot robust robustness role root
rotation rough round route rule run safe safety sample sampling satisfy scalable scalar scale scaling scan
scatter scattering scenario scene schedule scheme science scientific scope score search section sector
secure security see seek seem segment segmentation select selection self semantic semi sense sensitive
sensitivity sensor separate separation sequence sequential series serve service setting setup sharp shape
share shell shift short shot side sign signal significance similar similarity simple simplify simply
simulate simulation simultaneously since singular singularity site situation size sky slow smooth social
society soft software solar sole solid solve sometimes sophisticated sought sound source span sparse spatial
special specially species specific specifically specify spectra spectral spectrum speech speed sphere
spherical spin split spontaneous spread square stability stabilize stable stage standard star start
statistic statistical statistics status steady stellar step stochastic stock store straightforward strategy
stream strength stress strict string strong strongly structural student style sub subgroup subject
subsequent subset subspace substantial substantially success successful successfully suffer sufficient
sufficiently suggest suit suitable sum summarize super superior supervise supervised supervision supply
support suppress surface surprising surprisingly survey sustain switch symbol symmetric symmetry synthesis
synthetic systematic table tackle take target teach technical technology temperature temporal tend tensor
test text theorem theoretical theoretically thermal thermodynamic thin thing think third thorough thousand
threshold throughout today together tool top topic topological topology total toward towards trace track
trade tradeoff traditional train training trajectory transfer transform transformation transformer
transition transmission transport treat treatment tree trend trial trigger true try tune tuning turbulence
turbulent turn typical typically ultimately uncertain uncertainty unclear undergo underlie underlying
understand understanding unified uniform uniformly union unique unit unitary universal universe unknown
unlike unstable update upper user usual usually utility utilize vacuum valid validate validity valuable
vanish variable variance variant variation variety vary vast vector velocity verify versatile version vertex
vertical video view violate violation virtual viscous visible vision visual volume wall want water wave
wavelength weak weakly weight whole wide widely width wish word world worth write yield young zero
"""
_FAMILIAR = frozenset(_FAMILIAR_TEXT.split())

_SUFFIXES = ("ing", "ed", "es", "s", "ly", "d")


def _in_table(word: str, table: frozenset[str]) -> bool:
    """Whether the word or a plain base form of it stands in the table."""
    if word in table:
        return True
    for suffix in _SUFFIXES:
        if word.endswith(suffix):
            stem = word[: -len(suffix)]
            if stem in table or stem + "e" in table:
                return True
    return word.endswith("ies") and word[:-3] + "y" in table


@lru_cache(maxsize=65536)
def rarity(word: str) -> float:
    """Bits that a lower-case word tells: 0 for a stop word, about 4, 7, or 12 for a word not in the table.

    >>> rarity("the"), rarity("models"), rarity("equilibrium"), rarity("tracr")
    (0.0, 4.0, 7.0, 12.0)
    """
    if word in STOP_WORDS or len(word) < 2:
        return 0.0
    if _in_table(word, _EVERYWHERE):
        return 4.0
    if _in_table(word, _FAMILIAR):
        return 7.0
    return 12.0 if len(word) > 3 else 9.0


def familiar(word: str) -> bool:
    """Whether the word is in the table: it is then surely a word and not a slip of the pen."""
    return word in STOP_WORDS or _in_table(word, _EVERYWHERE) or _in_table(word, _FAMILIAR)
