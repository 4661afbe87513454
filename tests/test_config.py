import pytest

from bibtools import config
from bibtools.errors import UsageError


def parsed(text, **options):
    return config.parse(text, file="bibtools.toml", **options)


def test_everything_has_a_default():
    settings = parsed("")
    assert settings.targets == (config.Target(),)
    assert settings.targets[0].path == "refs.bib"
    assert settings.lock == "bibtools.lock"
    assert settings.arxiv.delay == 3.0


def test_every_key_of_a_project_is_read():
    settings = parsed(
        """
        sources = ["seeds/", "notes\\\\more.txt"]
        exclude = ["*.md"]
        prose = "all"
        add-to = "new.txt"
        output = "paper/refs.bib"
        lock = "l.lock"
        format = "biblatex"
        profile = "modern"
        abstract = true
        citation-key = "{family}{yy}"
        exclude-fields = ["Month"]
        max-authors = 30
        sort = "key"
        prefer = "preprint"
        fill = ["doi"]
        encoding = "ascii"
        month = "number"
        field-order = ["Title", "author"]
        [arxiv]
        url = "http://127.0.0.1:1/api/query"
        delay = 0
        timeout = 5
        patience = 9.5
        contact = "me@example.org"
        """
    )
    assert settings.sources == ("seeds/", "notes/more.txt")
    assert settings.targets == (
        config.Target(
            path="paper/refs.bib",
            format="biblatex",
            profile="modern",
            abstract=True,
            exclude_fields=("month",),
            max_authors=30,
            sort="key",
            prefer="preprint",
            fill=("doi",),
            encoding="ascii",
            month="number",
            field_order=("title", "author"),
        ),
    )
    assert settings.arxiv.patience == 9.5


def test_targets_inherit_the_projects_settings():
    settings = parsed(
        'profile = "modern"\n[[target]]\npath = "a.bib"\n[[target]]\npath = "b.bib"\nprofile = "scholar"\n'
    )
    assert [(t.path, t.profile) for t in settings.targets] == [("a.bib", "modern"), ("b.bib", "scholar")]


@pytest.mark.parametrize(
    ("text", "code", "line", "said"),
    [
        ("\nsourcs = []", "settings-unknown-key", 2, "did you mean sources?"),
        ('output = "a"\nexclude_fields = []', "settings-unknown-key", 2, "did you mean exclude-fields?"),
        ("zzz = 1", "settings-unknown-key", 1, "known keys are"),
        ('[arxiv]\ndelai = 1\nurl = "http://x"', "settings-unknown-key", 2, "did you mean delay?"),
        ('format = "bibtx"', "settings-value", 1, None),
        ("sources = 'seeds'", "settings-value", 1, None),
        ("max-authors = -1", "settings-value", 1, None),
        ("max-authors = true", "settings-value", 1, None),
        ("abstract = 1", "settings-value", 1, None),
        ("month = 6", "settings-value", 1, None),
        ("month = 'june'", "settings-value", 1, None),
        ("field-order = 'title'", "settings-value", 1, None),
        ("\nfields-order = []", "settings-unknown-key", 2, "did you mean field-order?"),
        ("[arxiv]\nurl = 'ftp://x'", "settings-value", 2, None),
        ("[arxiv]\ndelay = 1", "settings-delay", 2, "three seconds"),
        ("arxiv = 1", "settings-value", 1, None),
        ("target = 1", "settings-value", 1, None),
        ("[[target]]\nformat = 'bibtex'", "settings-value", 1, None),
        ("[[target]]\npath = 'a'\n[[target]]\npath = 'a'", "settings-value", 1, None),
        ("output = 'a'\n[[target]]\npath = 'b'", "settings-value", 1, None),
        ("a = [", "settings-toml", 1, None),
        ("output = './bibtools.toml'", "settings-value", 1, None),
        ("lock = 'refs.bib'", "settings-value", None, None),
        ("sources = ['n.txt']\noutput = 'n.txt'", "settings-value", 2, None),
        ("add-to = 'x.bib'\n[[target]]\npath = 'x.bib'", "settings-value", 2, None),
        ("lock = 'papers.txt'", "settings-value", 1, None),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text, code, line, said):
    with pytest.raises(UsageError) as caught:
        parsed(text)
    problem = caught.value.problem
    assert (problem.code, problem.where.file, problem.where.line) == (code, "bibtools.toml", line)
    if said:
        assert said in (problem.hint or "")


def test_a_pyproject_without_the_table_is_no_project():
    assert parsed("[tool.other]\nx = 1", prefix=("tool", "bibtools")) is None
    assert parsed("[tool.bibtools]\n", prefix=("tool", "bibtools")) == parsed("")


def test_the_environment_beats_the_file_and_stays_polite():
    settings = parsed("[arxiv]\ndelay = 5")
    local = {"BIBTOOLS_ARXIV_URL": "http://127.0.0.1:80/q", "BIBTOOLS_ARXIV_DELAY": "0.5"}
    assert config.with_environment(settings, local).arxiv.delay == 0.5
    assert config.with_environment(settings, {}) == settings
    with pytest.raises(UsageError, match="too short"):
        config.with_environment(settings, {"BIBTOOLS_ARXIV_DELAY": "0.5"})
    with pytest.raises(UsageError, match="BIBTOOLS_ARXIV_DELAY"):
        config.with_environment(settings, {"BIBTOOLS_ARXIV_DELAY": "soon"})
