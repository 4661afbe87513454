"""Extraction over real `.bib` files and real abstracts."""

import gzip
import json
import random
import textwrap
from itertools import islice

import pytest
from rapidfuzz.fuzz import ratio

from bibtools import bibfile
from bibtools.extract import extract
from bibtools.text import unwrap
from tests.extracting import own_arxiv


def bib_text(path):
    data = path.read_bytes()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


@pytest.fixture(scope="module")
def corpus(data_folder):
    with gzip.open(data_folder / "corpus_public.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def hyphenated(text, width=72):
    """Wrapped as in a narrow column, long words cut as TeX cuts them."""
    chance = random.Random(text)
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            room = width - len(line) - 2
            if word.isalpha() and word.islower() and len(word) > 7 and room > 2 and chance.random() < 0.7:
                cut = min(room, len(word) - 3)
                lines.append(f"{line} {word[:cut]}-")
                line = word[cut:]
                continue
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return "\n".join([*lines, line])


def test_each_entry_of_each_bib_file_is_one_mention(data_folder):
    paths = sorted((data_folder / "bib").glob("*.bib*"))
    assert len(paths) > 80
    total = 0
    for path in paths:
        text = bib_text(path)
        found = extract(text, source=path.name, kind="bib", prose="none")
        blocks = bibfile.parse(text).entries
        assert [m.entry.key for m in found.mentions] == [block.key for block in blocks], path.name
        assert [m.span for m in found.mentions] == [block.span for block in blocks], path.name
        assert all(m.kind == "entry" and m.title != "" and m.abstract != "" for m in found.mentions)
        total += len(blocks)
    assert total > 7000


def test_entries_that_stand_for_themselves_have_digests_of_their_own(data_folder):
    for path in sorted((data_folder / "bib").glob("*.bib*")):
        entries = {}
        for mention in extract(bib_text(path), source=path.name, kind="bib", prose="none").mentions:
            if not any(i.scheme in ("arxiv", "doi") for i in mention.identifiers):
                entries.setdefault(mention.digest, set()).add(mention.entry.key)
        assert all(len(keys) == 1 for keys in entries.values()), path.name


@pytest.mark.parametrize("label", ["Abstract: ", "Abstract\n", "ABSTRACT\n\n", "Abstract—", "**Abstract.** "])
def test_wrapped_and_hyphenated_abstracts_come_out_whole(corpus, label):
    papers = [p for p in islice(corpus, 0, None, 7) if len(p["abstract"].split()) > 20]
    text = "\n\n".join(label + hyphenated(p["abstract"]) for p in papers)
    mentions = extract(text, source="pdf.txt", kind="notes", prose="none").mentions
    assert len(mentions) == len(papers) > 400
    for mention, paper in zip(mentions, papers, strict=True):
        assert ratio(mention.abstract, unwrap(paper["abstract"])) > 97, (paper["id"], mention.abstract)
        assert not own_arxiv(mention)


def test_most_bare_abstracts_are_recognised_and_keep_their_digest(corpus):
    papers = [p for p in corpus if len(p["abstract"].split()) >= 40]
    found = 0
    for paper in papers:
        abstract = " ".join(paper["abstract"].split())
        bare = extract(textwrap.fill(abstract, 72), source="a.txt", kind="notes", prose="txt").mentions
        if [m.kind for m in bare] == ["paragraph"]:
            found += 1
            labelled = extract(f"Abstract: {abstract}", source="a.txt", kind="notes", prose="none").mentions
            assert [m.abstract_digest for m in labelled] == [bare[0].abstract_digest], paper["id"]
    assert found > 0.8 * len(papers)


def test_listings_of_real_papers_give_their_titles_and_ids(corpus):
    papers = corpus[::11]
    entries = (
        f"[{number}] arXiv:{p['id']} [pdf, html, other]\nTitle: {' '.join(p['title'].split())}\n"
        f"Authors: {', '.join(p['authors'])}\nSubjects: {p['primary_category']}\n"
        for number, p in enumerate(papers, 1)
    )
    mentions = extract("\n".join(entries), source="list.txt", kind="notes", prose="txt").mentions
    assert [own_arxiv(m) for m in mentions] == [(p["id"],) for p in papers]
    assert [m.title for m in mentions] == [" ".join(p["title"].split()) for p in papers]


def initials(name):
    return f"{name.split()[-1]}, {name[0]}."


STYLES = {
    "acm": lambda who, year, title: f"{', '.join(who)}. {year}. {title}. In Proceedings of Things, pages 1–9.",
    "neurips": lambda who, year, title: (
        f"{', '.join(who[:-1])}, and {who[-1]}. {title}. In Proceedings, 1–9, {year}."
    ),
    "apa": lambda who, year, title: (
        f"{', '.join(map(initials, who[:-1]))}, & {initials(who[-1])} ({year}). {title}. J. Things, 12(3), 4."
    ),
    "ieee": lambda who, year, title: (
        f"{', '.join(who[:-1])}, and {who[-1]}, “{title},” J. Things, vol. 1, {year}."
    ),
    "icml": lambda who, year, title: (
        f"{', '.join(map(initials, who[:-1]))}, and {initials(who[-1])} {title}. In Proceedings of Things, {year}."
    ),
    "lncs": lambda who, year, title: f"{', '.join(map(initials, who))}: {title}. In: Things ({year})",
    "author-year": lambda who, year, title: f"{title} ({who[0].split()[-1]} et al., {year})",
    "dash": lambda who, year, title: f"{title} — {', '.join(who)} ({year})",
}


@pytest.mark.parametrize("style", STYLES)
def test_references_to_real_papers_are_read(corpus, style):
    """Without an identifier most titles come out exactly, and hardly any comes out wrong."""
    papers = [p for p in corpus[::5] if 2 <= len(p["authors"]) <= 8 and "$" not in p["title"]]
    right = wrong = 0
    for number, paper in enumerate(papers, 1):
        title = " ".join(paper["title"].split())
        reference = f"[{number}] {STYLES[style](paper['authors'], paper['published'][:4], title)}"
        wrapped = textwrap.fill(reference, 90, break_on_hyphens=False)
        mentions = extract(wrapped, source="refs.txt", kind="notes", prose="none").mentions
        right += [m.title for m in mentions] == [title]
        wrong += any(ratio(m.title or "", title) < 80 for m in mentions)
    assert right > 0.93 * len(papers)
    assert wrong < 0.015 * len(papers)
