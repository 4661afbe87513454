"""Every real .bib file, from each format into each other: no work is lost, and each change of a key is told."""

import itertools

import pytest

from bibtools import bibfile, formats
from bibtools.errors import UnusableFileError
from bibtools.workflow.convert import convert
from tests.over_data.sampling import ALL
from tests.works_in import keys_in

PAIRS = list(itertools.product(formats.READABLE, formats.FORMATS))


@pytest.fixture(scope="module")
def files(data_folder):
    """Name and bytes of each file that can be read."""
    found = {}
    for path in sorted((data_folder / "bib").glob("*.bib")):
        data = path.read_bytes()
        try:
            bibfile.decode(data, file=path.name)
        except UnusableFileError:
            continue
        found[path.name] = data
    assert len(found) > 80
    return found


def into(data, name, source, target):
    """The document, the keys of its works, and what is told: old key → new."""
    made = convert(data, name=name, source=source, target=target)
    pairs = []
    for problem in made.problems:
        if problem.code == "key-changed":
            assert problem.severity == "warning"
            old = f'the citation key "{problem.key}" is written as "'
            pairs.append((problem.key, problem.message.removeprefix(old).partition('": ')[0]))
    return made, keys_in(made.text, target), pairs


def works_of(data, name):
    """The keys of a file's works: its entries but those that only hold data for others."""
    bib = bibfile.parse(bibfile.decode(data, file=name).text)
    return [block.key for block in bib.entries if block.entry_type.lower() != "xdata"]


def check(keys, made, after, told, target):
    assert len(after) == len(keys) == made.count
    assert told == [(old, new) for old, new in zip(keys, after, strict=True) if old not in ("", new)]
    assert len({key.casefold() if target == "bibtex" else key for key in after}) == len(after)


@pytest.mark.parametrize("target", sorted(formats.FORMATS.keys() - {"bibtex", "biblatex"}))
def test_a_bib_file_loses_no_work(files, target):
    for name, data in files.items():
        made, after, told = into(data, name, "biblatex", target)
        check(works_of(data, name), made, after, told, target)


@pytest.mark.parametrize(
    ("source", "target"), [pair for pair in PAIRS if set(pair) <= {"bibtex", "biblatex"}], ids="-".join
)
def test_a_bib_file_of_another_dialect_changes_only_keys_that_others_have(files, source, target):
    for name, data in files.items():
        before = [block.key for block in bibfile.parse(bibfile.decode(data, file=name).text).entries]
        made, after, told = into(data, name, source, target)
        assert len(after) == len(before) == made.count
        assert told == [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
        kept = [key.casefold() if target == "bibtex" else key for key in after if key]
        assert len(set(kept)) == len(kept)


@pytest.mark.parametrize("place", range(len(PAIRS)), ids=["-".join(pair) for pair in PAIRS])
def test_no_pair_of_formats_loses_a_work(files, place):
    """By way of the source's format: each pair over some of the files, or over all on request."""
    source, target = PAIRS[place]
    for number, (name, data) in enumerate(files.items()):
        if not ALL and number % 10 != place % 10:
            continue
        is_bib = source in ("bibtex", "biblatex")
        document, keys, _ = into(data, name, "biblatex", "csl-json" if is_bib else source)
        if is_bib:  # written anew, which an edited file is not
            document, keys, _ = into(document.text.encode(), name, "csl-json", source)
        made, after, told = into(document.text.encode(), name, source, target)
        check(keys, made, after, told, target)
