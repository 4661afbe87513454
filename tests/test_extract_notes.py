"""Plain notes: titles with authors, abstracts, identifiers, arXiv's listings and mails, references."""

import pytest

from bibtools.extract.abstracts import is_abstract
from bibtools.extract.heads import head_of
from bibtools.extract.listing import date_of, label_of
from bibtools.extract.people import parse_people, split_people
from bibtools.extract.reference import parse_reference
from tests.extracting import INPUTS, brief, found, ids, own_arxiv, read

ONE = "We prove that every finite group of odd order is solvable, and more."
TWO = "We show that the spectrum of the operator is discrete in this case."


def grouping(text, **options):
    """Which abstract stands with which identifier."""
    return [(m.abstract and m.abstract[:8], ids(m)) for m in found(text, **options)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"Abstract: {ONE}\n\narXiv:0704.0001\n\nAbstract: {TWO}\n\narXiv:0704.0002",
            [("We prove", 1), ("We show ", 2)],
        ),
        (
            f"arXiv:0704.0001\n\nAbstract: {ONE}\n\narXiv:0704.0002\n\nAbstract: {TWO}",
            [("We prove", 1), ("We show ", 2)],
        ),
        (
            f"arXiv:0704.0001\nAbstract: {ONE}\narXiv:0704.0002\nAbstract: {TWO}",
            [("We prove", 1), ("We show ", 2)],
        ),
        (
            f"Abstract: {ONE}\narXiv:0704.0001\nAbstract: {TWO}\narXiv:0704.0002",
            [("We prove", 1), ("We show ", 2)],
        ),
        (f"Abstract: {ONE}\n\nAbstract: {TWO}\n\narXiv:0704.0002", [("We prove", 0), ("We show ", 2)]),
        (f"Abstract: {ONE}\n\narXiv:0704.0001\n\nAbstract: {TWO}", [("We prove", 1), ("We show ", 0)]),
        (f"arXiv:0704.0001\n\nAbstract: {ONE}\n\narXiv:0704.0002", [(None, 1), ("We prove", 2)]),
        (f"Abstract: {ONE}\n\nSome remark of mine.\n\narXiv:0704.0001", [("We prove", 0), (None, 1)]),
        (f"Abstract: {ONE}\n\n---\n\narXiv:0704.0001", [("We prove", 0), (None, 1)]),
        (f"Abstract: {ONE}\n\narXiv:0704.0001\narXiv:0704.0002", [("We prove", 0), (None, 1), (None, 2)]),
        (f"Abstract: {ONE}\n\narXiv:0704.0001\nhttps://arxiv.org/abs/0704.0001", [("We prove", 1)]),
        (f"# One\n\nAbstract: {ONE}\n\n# Two\n\narXiv:0704.0001", [("We prove", 0), (None, 1)]),
    ],
    ids=range(12),
)
def test_texts_and_identifiers_find_each_other(text, expected):
    assert grouping(text) == [(text, [f"arxiv:0704.000{n}"] if n else []) for text, n in expected]


DOI, NUMBER = "doi:10.1103/PhysRevD.76.013009", "arXiv:0704.0007"
A, N = DOI.lower(), NUMBER.lower()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{DOI}\n{NUMBER}\n", [[A], [N]]),
        (f"{NUMBER}\n{DOI}\n", [[N], [A]]),
        (f"Reading list:\n{NUMBER}\n{DOI}\n", [[N], [A]]),
        (f"{DOI}\n{NUMBER}\n\nA remark of mine, much later.", [[A], [N]]),
        (f"{NUMBER}\n{DOI}\nhttps://arxiv.org/abs/0704.0007\n", [[N], [A]]),
        (f"{NUMBER}, {DOI}\n", [[N, A]]),
        (f"- {NUMBER}\n  {DOI}\n- arXiv:0704.0008", [[N, A], ["arxiv:0704.0008"]]),
        (f"{NUMBER}\n{DOI}\nCreated: 2007-04-01", [[N, A]]),
        (f"{NUMBER}\nJournal-ref: Phys. Rev. D76\n{DOI}", [[N, A]]),
        (f"On the Spectrum of It All\n{NUMBER}\n{DOI}", [[N, A]]),
        (f"Title: On it all\nAuthors: Ann Smith, Bob Jones\n{NUMBER}\n{DOI}", [[N, A]]),
        (f"{NUMBER}\n{DOI}\nTitle: On it all\nAuthors: Ann Smith, Bob Jones", [[N, A]]),
        (f"Abstract: {ONE}\n\n{NUMBER}\n{DOI}", [[N, A]]),
        (f"{NUMBER}\n{DOI}\n\nAbstract: {ONE}", [[N, A]]),
    ],
    ids=range(14),
)
def test_lines_of_identifiers_are_papers_unless_a_text_is_beside_them(text, expected):
    assert [ids(m) for m in found(text)] == expected


def test_the_place_of_a_line_of_identifiers_is_the_line():
    text = f"{NUMBER}\n{DOI}\nhttps://arxiv.org/abs/0704.0007\n"
    assert [text[m.span.start : m.span.stop] for m in found(text)] == [NUMBER, DOI]


@pytest.mark.parametrize(
    "head",
    [
        "Abstract:",
        "Abstract: ",
        "ABSTRACT:",
        "Abstract\n",
        "ABSTRACT\n\n",
        "Abstract—",
        "Abstract. ",
        "# Abstract\n\n",
        "1. Abstract\n\n",
        "*Abstract:* ",
        "**Abstract**\n",
        "A B S T R A C T\n",
    ],
)
def test_a_text_behind_its_label(head):
    (mention,) = found(head + ONE, prose="none")
    assert (mention.kind, mention.abstract, mention.title) == ("abstract", ONE, None)


@pytest.mark.parametrize(
    "text",
    [
        "Abstract: tbd",
        "Abstract",
        "Abstract art is what my sister likes best, and she paints every day.",
        "In the abstract: nothing.",
        "The abstract. It must be written by somebody soon.",
        "Abstract:\n\n- milk\n- bread",
    ],
)
def test_what_is_no_abstract_behind_a_label(text):
    assert found(text) == ()


@pytest.mark.parametrize(
    "stop",
    [
        "1 Introduction\nWe go on.",
        "Keywords: groups, order",
        "Comments: 3 pages",
        "Subjects: Group Theory (math.GR)",
    ],
)
def test_where_an_abstract_ends(stop):
    (mention,) = found(f"Abstract: {ONE}\n\n{stop}")
    assert mention.abstract == ONE
    if ":" in stop:
        (mention,) = found(f"Abstract: {ONE}\n{stop}")
        assert mention.abstract == ONE


def test_text_pasted_from_a_pdf():
    text = (
        "Gemma Scope: Open Sparse Autoencoders Everywhere All At Once\n\nTom Lieberum, Senthooran Rajamanoharan,\n"
        "Arthur Conmy\n\nGoogle DeepMind\n\nAbstract\n\nSparse autoencoders are an e\ufb03cient"
        " un\u00adsupervised meth-\n"
        "od for learning a sparse decom-\nposition of a neural network's state-\nof-the-art"
        " features.\n\n1 Introduction\n\nWe go on."
    )
    (mention,) = found(text, prose="none")
    assert mention.title == "Gemma Scope: Open Sparse Autoencoders Everywhere All At Once"
    assert mention.authors == ("Tom Lieberum", "Senthooran Rajamanoharan", "Arthur Conmy")
    assert mention.abstract.startswith(
        "Sparse autoencoders are an efficient unsupervised method for learning a sparse decomposition"
    )
    assert (mention.line, mention.end_line) == (1, 13)


def test_identifiers_inside_an_abstract_are_quoted_and_outside_its_own():
    (mention,) = found(
        f"Abstract: {ONE} See Burns et al. - arXiv:2212.03827.\narXiv:0704.0001v2\nCreated: 2007-04-01"
    )
    assert ids(mention) == ["arxiv:0704.0001v2", "(arxiv:2212.03827)"]
    assert str(mention.date) == "2007-04-01"


@pytest.mark.parametrize("name", ["listing", "listing_old", "abs_page", "search", "mail"])
def test_arxivs_own_pages_copied_as_text(name):
    mentions = read(INPUTS / "papers" / f"{name}.txt", prose="txt").mentions
    expected = {
        "2408.00118": ("Gemma 2: Improving Open Language Models at a Practical Size", "Gemma Team"),
        "2403.08295": ("Gemma: Open Models Based on Gemini Research and Technology", "Gemma Team"),
    }
    wanted = ["2408.00118"] if name == "abs_page" else ["2408.00118", "2403.08295"]
    assert [own_arxiv(m) for m in mentions] == [(number,) for number in wanted]
    for mention, number in zip(mentions, wanted, strict=True):
        title, author = expected[number]
        assert (mention.title, mention.authors[0], mention.kind) == (title, author, "identifier")
        has_abstract = name in ("abs_page", "search", "mail")
        assert bool(mention.abstract) == has_abstract
        if has_abstract:
            assert mention.abstract.startswith(("In this work, we introduce", "This work introduces Gemma"))
            assert mention.abstract.endswith(("community.", "LLM innovations."))
    assert mentions[0].comment == "22 pages, 3 figures"
    if name != "listing" and name != "listing_old":
        assert str(mentions[0].date) == "2024-07-31"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Attention Is All You Need\nAshish Vaswani, Noam Shazeer", "title"),
        ("Attention is all you need\nAshish Vaswani, Noam Shazeer and Niki Parmar", "title"),
        ("Attention is all you need\nVaswani et al.", "title"),
        ("Attention Is All You Need, and a Second Line\nof the Title\nAshish Vaswani, Noam Shazeer", "title"),
        ("Attention Is All You Need\nAshish Vaswani\narXiv:1706.03762", "identifier"),
        ("Attention Is All You Need\nAshish Vaswani\n\nAbstract: " + ONE, "title"),
        ("Attention Is All You Need\nAshish Vaswani", None),
        ("Dinner with friends\nAnna Smith, Bob Jones", None),
        ("Wedding guest list\nAnna Smith, Bob Jones, Jan Weber", None),
        ("Weekly sync of the platform team\nAnna Smith, Bob Jones", None),
        ("People in the photographs of last summer\nAnna Smith, Bob Jones", None),
        ("Ingredients\nMilk, Sugar, Eggs, Butter", None),
        ("Google DeepMind", None),
    ],
)  # fmt: skip
def test_title_lines_with_authors(text, expected):
    mentions = found(text)
    assert [m.kind for m in mentions] == ([expected] if expected else [])
    if expected:
        assert mentions[0].title.startswith("Attention")
        assert mentions[0].authors[0].endswith("Vaswani")


PASTED = """@article{vaswani2017attention,
  title   = {Attention is all you {N}eed},
  author  = {Vaswani, Ashish and Shazeer, Noam and {Gemma Team} and others},
  journal = {arXiv preprint arXiv:1706.03762},
  year    = 2017,
  month   = jun,
}"""


@pytest.mark.parametrize(
    "frame",
    ["{}", "My notes:\n\n{}\n\nmore", "text before\n{}\ntext after", "```bibtex\n{}\n```", "```\n{}\n```", "> {}"],
)
def test_a_pasted_entry(frame):
    (mention,) = found(frame.format(PASTED if ">" not in frame else PASTED.replace("\n", "\n> ")), kind="markdown")
    assert brief(mention) == (
        "reference",
        "Attention is all you Need",
        ("Vaswani, Ashish", "Shazeer, Noam", "Gemma Team"),
        ["arxiv:1706.03762"],
        "2017-06",
    )
    assert mention.entry is None


@pytest.mark.parametrize(
    "text",
    [
        "@anna are you coming?",
        "@article{broken, title = {never closed",
        "@dataclass(frozen=True)\nclass A:\n    x: int",
        "```python\n" + PASTED + "\n```",
        "mail me @home{sweet}",
    ],
)
def test_what_is_no_entry(text):
    assert found(text, kind="markdown") == ()


REFERENCES = {
    "ACL": "Ashish Vaswani, Noam Shazeer, and Illia Polosukhin. 2017. Attention is all you need. In"
    " Advances in NIPS, pages 1–2.",
    "NeurIPS": "Ashish Vaswani, Noam Shazeer, and Illia Polosukhin. Attention is all you need. In"
    " Advances in NIPS, 2017.",
    "APA": "Vaswani, A., Shazeer, N., & Polosukhin, I. (2017). Attention is all you need. Advances in NIPS, 30.",
    "IEEE": "A. Vaswani, N. Shazeer, and I. Polosukhin, “Attention is all you need,” in Proc. NIPS,"
    " 2017, pp. 1-2.",
    "IEEE, straight quotes": 'A. Vaswani, N. Shazeer, and I. Polosukhin, "Attention is all you need," in'
    " Proc. NIPS, 2017.",
    "ICML": "Vaswani, A., Shazeer, N., and Polosukhin, I. Attention is all you need. In Advances in NIPS, 2017.",
    "LNCS": "Vaswani, A., Shazeer, N., Polosukhin, I.: Attention is all you need. In: Advances in NIPS (2017)",
    "Vancouver": "Vaswani A, Shazeer N, Polosukhin I. Attention is all you need. Adv Neural Inf Process"
    " Syst. 2017;30.",
    "et al.": "Vaswani et al. Attention is all you need. NeurIPS 2017",
    "year then title": "Vaswani et al. (2017) Attention is all you need",
    "file name": "Vaswani et al. 2017 - Attention is all you need",
    "alpha label": "[VSP+17] Ashish Vaswani, Noam Shazeer. Attention is all you need. In NeurIPS, 2017.",
    "commas": "Vaswani et al., Attention is all you need, 2017",
    "title (authors, year)": "Attention is all you need (Vaswani et al., 2017)",
    "title [authors, year]": "Attention is all you need [Vaswani & Shazeer, 2017]",
    "emphasised": "*Attention is all you need*, Vaswani & Shazeer, 2017",
    "underlined": "_Attention is all you need_ by Ashish Vaswani and Noam Shazeer (2017)",
    "quoted, title first": "“Attention is all you need” by Vaswani et al., 2017",
    "title, authors, year": "Attention is all you need, Vaswani et al., 2017",
    "title – authors (year)": "Attention is all you need – Ashish Vaswani, Noam Shazeer (2017)",
    "title. authors. venue": "Attention is all you need. Vaswani et al. NeurIPS 2017",
}


@pytest.mark.parametrize("text", REFERENCES.values(), ids=REFERENCES)
def test_references(text):
    reference = parse_reference(text, beside="nothing")
    assert reference.title == "Attention is all you need"
    assert "Vaswani" in reference.authors[0]
    assert reference.date.year == 2017
    (mention,) = found(f"- {text}")
    assert (mention.title, mention.authors) == (reference.title, reference.authors)
    assert mention.kind == ("title" if reference.title_first else "reference")


PARTS = ["II", "XIV", "Part 2", "Part II", "(II)", "II: the finite case"]
PART_STYLES = {
    "APA": "Ann Smith, Bob Jones (2019). {}. arXiv preprint.",
    "APA, no known venue": "Ann Smith, Bob Jones (2019). {}. Commun. Math. Phys. 76.",
    "NeurIPS": "Ann Smith, Bob Jones. {}. In Advances in NIPS, 2019.",
    "ACL": "Ann Smith and Bob Jones. 2019. {}. In Proc. X.",
    "LNCS": "Smith, A., Jones, B.: {}. In: LNCS (2019)",
    "IEEE": "A. Smith and B. Jones, “{},” in Proc. NIPS, 2019.",
    "commas": "Ann Smith, Bob Jones, {}, arXiv 2019",
    "title first": "{}. Ann Smith, Bob Jones. NeurIPS 2019",
    "title (authors, year)": "{} (Smith & Jones, 2019)",
    "title – authors (year)": "{} – Ann Smith, Bob Jones (2019)",
}


@pytest.mark.parametrize("style", PART_STYLES.values(), ids=PART_STYLES)
@pytest.mark.parametrize("joint", [". ", ": ", ", "])
@pytest.mark.parametrize("part", PARTS)
def test_the_part_of_a_series_belongs_to_the_title(style, joint, part):
    title = f"Limit theorems for random vectors in $\\ell_p^n$-balls{joint}{part}"
    reference = parse_reference(style.format(title), beside="nothing")
    assert reference.title == title
    assert len(reference.authors) == 2


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "Ann Smith, Bob Jones. On this. III. The other cases. arXiv preprint, 2019.",
            "On this. III. The other cases",
        ),
        ("Ann Smith, Bob Jones. On this and that. III. Comptes Rendus, 2019. arXiv.", "On this and that. III"),
        ("Attention is all you need. I. Polosukhin, A. Vaswani. NeurIPS 2017", "Attention is all you need"),
        ("Ann Smith, “On this and that”. II. Annals, 2019", "On this and that. II"),
        ("Ann Smith (2019). *On this and that*. Part 2. arXiv preprint.", "On this and that. Part 2"),
        ("Ann Smith (2019). Are there limits? II. arXiv preprint.", "Are there limits? II"),
        ("Ann Smith, Bob Jones. On type II errors. Annals of Statistics, 2019.", "On type II errors"),
    ],
)
def test_what_stands_behind_the_number_of_a_part(text, title):
    assert parse_reference(text, beside="nothing").title == title


FOUR = ("Balazs", "Berger", "Nadolsky", "Yuan")


@pytest.mark.parametrize("marker", ["", "- "])
@pytest.mark.parametrize(
    ("opening", "closing"),
    [('"', '",'), ('"', ',"'), ("“", "”,"), ("“", ",”"), ("'", "',"), ("‘", "’,"), ('"', '"')],
)
@pytest.mark.parametrize(
    "form",
    [
        "{} Balazs, Berger, Nadolsky, Yuan (2007) arXiv:2408.00118",
        "{} by Balazs, Berger, Nadolsky and Yuan (2007) [arXiv:2408.00118]",
        "arXiv:2408.00118 {} Balazs, Berger, Nadolsky, Yuan (2007)",
        "Balazs, Berger, Nadolsky, Yuan, {} 2007, arXiv:2408.00118",
        "Balazs, Berger, Nadolsky, Yuan (2007). {} arXiv:2408.00118",
    ],
)
def test_a_title_in_quotes_with_its_authors_and_identifier(form, opening, closing, marker):
    title = "Calculation of diphoton production at the hadron's energies"
    (mention,) = found(marker + form.format(f"{opening}{title}{closing}"))
    assert (mention.title, mention.authors, ids(mention)) == (title, FOUR, ["arxiv:2408.00118"])
    assert mention.date.year == 2007


@pytest.mark.parametrize(
    ("text", "title", "authors"),
    [
        ('"Calculation of diphoton production", arXiv:2408.00118', "Calculation of diphoton production", ()),
        ("“Calculation of diphoton production” (arXiv:2408.00118)", "Calculation of diphoton production", ()),
        ('"please buy some milk", arXiv:2408.00118', None, ()),
        ('I read "the calculation of it all" (arXiv:2408.00118) on the train.', None, ()),
        ('- "Calculation of diphoton production", Nature (2007), arXiv:2408.00118', None, ()),
        ("A talk on attention (Berlin, 2019) arXiv:2408.00118", None, ()),
    ],
)
def test_quotes_beside_an_identifier_without_authors(text, title, authors):
    (mention,) = found(text)
    assert (mention.title, mention.authors) == (title, authors)


@pytest.mark.parametrize(
    "text",
    [
        "- 2408.00118 must read",
        "* 2408.00118: good stuff",
        "1. 2408.00118 (Malham)",
        "2408.00118 - Title of it",
        "2408.00118 nice",
        "> 2408.00118, which is good",
        "My list:\n2408.00118 nice",
        "- [ ] 2408.00118 3D splatting",
        "- 2408.00118",
    ],
)
def test_a_bare_id_before_words(text):
    assert [ids(m) for m in found(text, prose="none")] == [["arxiv:2408.00118"]]
    assert [
        ids(m) for m in found(text.replace("2408.00118,", "0704.0017 -").replace("2408.00118", "0704.0017"))
    ] == [["arxiv:0704.0017"]]


@pytest.mark.parametrize(
    "text",
    [
        "0711.1234 call Anna",
        "- 0711.1234 phone of the dentist",
        "- 1203.4521 rent for May",
        "0711.1234 - Anna, see you on Friday",
        "- 1203.4521 (budget, meeting)",
    ],
)
def test_a_number_before_somebodys_own_words_is_no_id(text):
    assert found(text) == ()


@pytest.mark.parametrize(
    "text", ["- 2408.00118 for Monday", "[0704.0001] Notes on a list of groups", "| 0704.0001 | for the meeting |"]
)
def test_an_id_that_can_be_no_number_is_one_before_any_words(text):
    assert len(found(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "read paper on attention", "Anna Smith and Bob Jones. Went hiking in the Alps. Summer 2023.",
        "Present: Anna Smith, Bob Jones. Discussed the budget. 2024", "Called Peter Miller, Susan Brown, 2021",
        "Trip to Rome, Anna & Bob, 2019", "Buy bread, milk, eggs", "Dinner with Smith and Jones, 2019",
        "Smith & Jones, 2019", "Vaswani et al., 2017", "Phone Anna Smith, 2024", "A. Vaswani, 2017",
        "Ask Smith and Jones about the 2019 invoice", "Photo album (Anna and Bob, 2019, at 14:30)",
        "My birthday (Anna and Bob, 2019)", "Anna Smith: bring the salad. In: July", "1. Deep learning for cats",
    ],
)  # fmt: skip
def test_what_is_no_reference(text):
    assert found(f"- {text}") == found(text) == ()


@pytest.mark.parametrize(
    ("text", "names", "more"),
    [
        ("Ashish Vaswani, Noam Shazeer and Niki Parmar", ("Ashish Vaswani", "Noam Shazeer", "Niki Parmar"), False),
        ("Vaswani, A., Shazeer, N., & Polosukhin, I.", ("Vaswani, A.", "Shazeer, N.", "Polosukhin, I."), False),
        ("Vaswani, Ashish and Shazeer, Noam", ("Vaswani, Ashish", "Shazeer, Noam"), False),
        ("Vaswani, Ashish; Shazeer, Noam", ("Vaswani, Ashish", "Shazeer, Noam"), False),
        ("Gemma Team: Morgane Riviere, Shreya Pathak", ("Gemma Team", "Morgane Riviere", "Shreya Pathak"), False),
        (
            "Ashish Vaswani1,2*, Noam Shazeer†, Niki Parmar3",
            ("Ashish Vaswani", "Noam Shazeer", "Niki Parmar"),
            False,
        ),
        ("A. Smith (MIT), B. Jones (CERN)", ("A. Smith", "B. Jones"), False),
        (
            "Josh van Amersfoort, Sammy Davis, Jr., Peter H. N. de With",
            ("Josh van Amersfoort", "Sammy Davis, Jr.", "Peter H. N. de With"),
            False,
        ),
        ("Knuth, Donald E.", ("Knuth, Donald E.",), False),
        ("Müller, Jörg A. B.", ("Müller, Jörg A. B.",), False),
        ("Vaswani, Shazeer", ("Vaswani", "Shazeer"), False),
        ("Vaswani et al.", ("Vaswani",), True),
        ("Vaswani, A., et al", ("Vaswani, A.",), True),
        ("Ashish Vaswani and 7 others", ("Ashish Vaswani",), True),
        ("李雷, 韩梅梅", ("李雷", "韩梅梅"), False),
    ],
)
def test_lists_of_people(text, names, more):
    assert split_people(text) == (names, more)


@pytest.mark.parametrize(
    "text", ["bread, milk", "Bread, Milk, Eggs", "we show this", "The results of Smith", "Imagen 3", "", "2017"]
)
def test_what_is_no_list_of_people(text):
    assert parse_people(text) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023-07-18 Updated: 2023-07-24", "2023-07-18"),
        ("Wed, 31 Jul 2024 19:13:07 GMT   (1234kb)", "2024-07-31"),
        ("July 31, 2024", "2024-07-31"),
        ("2 October, 2024; v1 submitted 31 July, 2024; originally announced July 2024.", "2024-07-31"),
        ("31 Jul 2024 (v1), last revised 2 Oct 2024 (this version, v3)", "2024-07-31"),
        ("2017/6/12", "2017-06-12"),
        ("2017", "2017"),
        ("no date", None),
    ],
)
def test_dates(text, expected):
    assert (str(date_of(text)) if expected else date_of(text)) == expected


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("Title: A", "title"),
        ("**Authors:** B", "authors"),
        ("Author(s): B", "authors"),
        ("Abstract—We", "abstract"),
        ("Comments: 3 pages", "comment"),
        ("arXiv: 1706.03762", "identifier"),
        ("Journal-ref: X", "other"),
        ("[Submitted on 31 Jul 2024 (v1)]", "date"),
        ("Titles: A", None),
        ("Note: A", None),
        ("Abstractly: A", None),
    ],
)
def test_labels(line, label):
    assert (label_of(line) or (None,))[0] == label


def test_a_head_with_affiliations_needs_something_below():
    head = head_of("Attention Is All You Need\nAshish Vaswani, Noam Shazeer\nGoogle Brain\navaswani@google.com")
    assert head.weak and head.authors == ("Ashish Vaswani", "Noam Shazeer")


@pytest.mark.parametrize("prose", ["txt", "all", "none"])
@pytest.mark.parametrize("kind", ["notes", "markdown", "html"])
def test_where_a_bare_paragraph_may_be_an_abstract(kind, prose):
    text = (
        "Reading groups are studied. In this paper we propose a new method for the analysis of reading"
        " groups, and we"
        " show that the existing models fail on large data. The results of our experiments demonstrate"
        " that the method is"
        " robust and efficient."
    )
    assert is_abstract(text)
    mentions = found(text, kind=kind, prose=prose)
    assert [m.kind for m in mentions] == (
        ["paragraph"] if prose == "all" or (prose, kind) == ("txt", "notes") else []
    )
