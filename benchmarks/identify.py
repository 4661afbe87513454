"""How well mentions are identified: right, wrong and open answers, requests and CPU time, per kind of damage.

    python -m benchmarks.identify --data FOLDER [--out TABLE.md] [--each N] [--seed N] [--show]

FOLDER holds `corpus_public.jsonl.gz` (metadata of real papers) and `lookalikes.json` (pairs that careless matching
confuses). Each mention is made from a paper by one kind of damage, identified by the real generator against the
stand-in for the service, and judged. Papers are halved by a hash of their id: `tune` is the half that thresholds
were chosen on, `check` the other. A part of the papers is served to nobody: mentions of these have no right
answer.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
import zlib
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from benchmarks.identify_damage import (
    ABSTRACT_DAMAGE,
    TITLE_DAMAGE,
    cut,
    enough_text,
    first_half,
    sentences_of,
    slips,
    whole,
)
from bibtools.identify import identify
from bibtools.model import Answered, Mention, PartialDate, Query, Record, Span
from bibtools.names import parse_served, split
from bibtools.text import digest, squeeze
from tests.standin.papers import Paper, load_papers
from tests.standin.service import Service, read_request

ROOM = 1_900
BASE = "https://export.arxiv.org/api/query?search_query=&start=0&max_results=100&sortBy=relevance&sortOrder=descending"


@dataclass(frozen=True)
class Trial:
    """A mention, the ids that are right (none: it must stay open), and where it counts."""

    kind: str
    half: str
    mention: Mention
    right: frozenset[str]


class Asker:
    """Answers questions from the stand-in; counts requests and its own time."""

    def __init__(self, papers):
        self.service = Service(papers)
        self.records: dict[str, Record] = {}
        self.requests, self.seconds, self.longest = 0, 0.0, 0

    def record(self, paper: Paper) -> Record:
        key = paper.versioned_id
        if key not in self.records:
            self.records[key] = Record(
                id=f"arxiv:{paper.id}",
                title=squeeze(paper.title),
                authors=parse_served(paper.authors).names,
                abstract=squeeze(paper.abstract),
                version=paper.version,
                published=PartialDate.parse(paper.published[:10]),
                updated=PartialDate.parse(paper.updated[:10]),
                comment=squeeze(paper.comment or ""),
                journal_ref=squeeze(paper.journal_ref or ""),
                dois=tuple((paper.doi or "").split()),
            )
        return self.records[key]

    def answer(self, query: Query) -> Answered:
        start = time.perf_counter()
        if query.ids:
            found = []
            for at in range(0, len(query.ids), 100):
                ids = ",".join(map(str, query.ids[at : at + 100]))
                found += self.service.find(read_request({"id_list": ids, "max_results": "100"}))
                self.requests += 1
            answer = Answered(records=tuple(map(self.record, found)), total=len(found))
        else:
            from urllib.parse import quote_plus

            self.longest = max(self.longest, len(BASE) + len(quote_plus(query.search)))
            found = self.service.find(read_request({"search_query": query.search}))
            answer = Answered(records=tuple(map(self.record, found[: query.max_results])), total=len(found))
            self.requests += 1
        self.seconds += time.perf_counter() - start
        return answer


def run(mentions, asker, **known):
    generator = identify(mentions, **known)
    try:
        queries = next(generator)
        while True:
            queries = generator.send({query: asker.answer(query) for query in queries})
    except StopIteration as stop:
        return stop.value


def half_of(paper_id: str) -> str:
    return "tune" if zlib.crc32(paper_id.encode()) % 2 else "check"


def mention(text_id: str, **parts) -> Mention:
    text = "\n".join(str(part) for part in parts.values() if part)
    kind = "abstract" if parts.get("abstract") else "title"
    abstract = parts.get("abstract")
    return Mention(
        source="bench.txt",
        span=Span(0, 0),
        line=1,
        end_line=1,
        digest=digest(text_id + text),
        kind=kind,
        abstract_digest=digest(abstract) if abstract else None,
        **parts,
    )


def abstract_trials(papers, rng, each):
    for name, damage in ABSTRACT_DAMAGE.items():
        chosen = rng.sample([paper for paper in papers if enough_text(paper.abstract)], each)
        for paper in chosen:
            text = damage(paper.abstract, rng)
            if text and enough_text(text):
                yield Trial(
                    name, half_of(paper.id), mention(paper.id + name, abstract=text), frozenset({paper.id})
                )


def older_trials(papers):
    for paper in papers:
        for older in paper.older_versions:
            if not older.abstract or not enough_text(older.abstract):
                continue
            now = {squeeze(one).lower() for one in sentences_of(paper.abstract)}
            then = {squeeze(one).lower() for one in sentences_of(older.abstract)}
            if now == then:
                continue
            shared = bool(now & then)
            kind = "older wording, a sentence shared" if shared else "older wording, no sentence shared"
            yield Trial(
                kind,
                half_of(paper.id),
                mention(f"{paper.id}{older.version}", abstract=older.abstract),
                frozenset({paper.id}),
            )


def year_of(paper):
    return PartialDate(int(paper.published[:4]))


def title_trials(papers, rng, each):
    clear = [paper for paper in papers if len(re.findall(r"[A-Za-z]{3,}", paper.title)) >= 2]
    for name, damage in TITLE_DAMAGE.items():
        for paper in rng.sample(clear, each):
            title = damage(paper.title, rng)
            parts = {"title": title}
            if "authors" in name:
                parts["authors"] = tuple(paper.authors[:3])
            if "reference" in name:
                family = [split(author).family or author for author in paper.authors[:4]]
                parts["authors"] = tuple(f"{one}, X."[: -len(", X.")] for one in family)
                parts["date"] = PartialDate(year_of(paper).year + rng.choice([0, 0, 1, 2]))
            yield Trial(name, half_of(paper.id), mention(paper.id + name, **parts), frozenset({paper.id}))


def lookalike_trials(pairs, by_id, rng):
    for kind, first, second in pairs:
        for one, other in ((first, second), (second, first)):
            paper = by_id[one]
            right = {one, other} if kind == "duplicate" else {one}
            abstract = paper.abstract
            if enough_text(abstract):
                yield Trial(
                    f"lookalike, abstract: {kind}",
                    half_of(first),
                    mention("l" + one, abstract=abstract),
                    frozenset(right),
                )
                cut = " ".join(sentences_of(abstract)[:3])
                if enough_text(cut):
                    yield Trial(
                        "lookalike, cut", half_of(first), mention("c" + one, abstract=cut), frozenset(right)
                    )
            yield Trial(
                f"lookalike, title+authors: {kind}",
                half_of(first),
                mention("t" + one, title=paper.title, authors=tuple(paper.authors[:3]), date=year_of(paper)),
                frozenset(right),
            )
            yield Trial(
                "lookalike, title", half_of(first), mention("s" + one, title=paper.title), frozenset(right)
            )


def said_elsewhere(paper_id, texts):
    """Whether a third of the paper's abstract stands word for word in another's: then no reader could tell."""
    words = texts[paper_id].split()
    opening = " ".join(words[: max(12, len(words) // 3)])
    return any(opening in text for other, text in texts.items() if other != paper_id)


def absent_trials(hidden, rng):
    kinds = list(ABSTRACT_DAMAGE.items())
    for number, paper in enumerate(hidden):
        _name, damage = kinds[number % len(kinds)]
        text = damage(paper.abstract, rng)
        if text and enough_text(text):
            yield Trial(
                "not on arXiv, abstract", half_of(paper.id), mention("a" + paper.id, abstract=text), frozenset()
            )
        yield Trial(
            "not on arXiv, reference",
            half_of(paper.id),
            mention("r" + paper.id, title=paper.title, authors=tuple(paper.authors[:3]), date=year_of(paper)),
            frozenset(),
        )


def twin_trials(pairs, by_id, rng, gone):
    """Mentions of a paper that nobody serves although its lookalike is served."""
    for kind, first, second in pairs:
        one, other = (first, second) if first in gone else (second, first)
        if kind == "duplicate" or one not in gone or other in gone:
            continue
        paper, twin = by_id[one], by_id[other]
        same = squeeze(paper.abstract) == squeeze(twin.abstract)
        for name, damage in (("whole", whole), ("slips", slips(0.03)), ("cut", cut(3)), ("half", first_half)):
            text = damage(paper.abstract, rng)
            contained = squeeze(text) in squeeze(twin.abstract)
            if enough_text(text) and not same and not contained:
                yield Trial(
                    f"only its lookalike on arXiv, abstract, {name}",
                    half_of(first),
                    mention(one + name, abstract=text),
                    frozenset(),
                )
        alone = mention(one + "t", title=paper.title, authors=tuple(paper.authors[:3]), date=year_of(paper))
        if squeeze(paper.title).lower() != squeeze(twin.title).lower():
            yield Trial("only its lookalike on arXiv, reference", half_of(first), alone, frozenset())
            yield Trial(
                "only its lookalike on arXiv, title",
                half_of(first),
                mention(one + "tt", title=paper.title),
                frozenset(),
            )
            both = mention(
                one + "ta", title=paper.title, abstract=paper.abstract, authors=tuple(paper.authors[:3])
            )
            yield Trial("only its lookalike on arXiv, all", half_of(first), both, frozenset())


def invented_trials(papers, rng, each):
    clear = [paper for paper in papers if len(re.findall(r"[A-Za-z]{3,}", paper.title)) >= 5]
    for paper in rng.sample(clear, each):
        other = rng.choice(clear)
        if set(other.authors) & set(paper.authors):
            continue
        year = year_of(paper).year + rng.choice([-7, -4, -3, 3, 12])
        yield Trial(
            "no such reference: other authors, other year",
            half_of(paper.id),
            mention("x" + paper.id, title=paper.title, authors=tuple(other.authors[:3]), date=PartialDate(year)),
            frozenset(),
        )
        words, more = paper.title.split(), other.title.split()
        title = " ".join(words[: len(words) // 2] + more[len(more) // 2 :])
        yield Trial(
            "no such title: recombined", half_of(paper.id), mention("y" + paper.id, title=title), frozenset()
        )
        yield Trial(
            "no such title: recombined, with authors",
            half_of(paper.id),
            mention("z" + paper.id, title=title, authors=tuple(paper.authors[:2]), date=year_of(paper)),
            frozenset(),
        )
        mixed = sentences_of(paper.abstract)[:2] + sentences_of(other.abstract)[-2:]
        if enough_text(" ".join(mixed)) and len(mixed) == 4:
            yield Trial(
                "no such text: recombined",
                half_of(paper.id),
                mention("w" + paper.id, abstract=" ".join(mixed)),
                frozenset(),
            )


def twins(papers, pairs, seed):
    rng = random.Random(seed)
    by_id = {paper.id: paper for paper in papers}
    gone = {pair[rng.choice([1, 2])] for pair in pairs if pair[0] != "duplicate"}
    found = list(twin_trials(pairs, by_id, rng, gone))
    return [paper for paper in papers if paper.id not in gone], found


def trials(papers, pairs, seed, each, absent):
    rng = random.Random(seed)
    by_id = {paper.id: paper for paper in papers}
    paired = {one for pair in pairs for one in pair[1:]}
    free = [paper for paper in papers if paper.id not in paired]
    texts = {paper.id: squeeze(paper.abstract).lower() for paper in papers}
    hidden = [
        paper
        for paper in rng.sample([paper for paper in free if enough_text(paper.abstract)], absent)
        if not said_elsewhere(paper.id, texts)
    ]
    gone = {paper.id for paper in hidden}
    served = [paper for paper in papers if paper.id not in gone]
    free = [paper for paper in free if paper.id not in gone]
    found = [
        *abstract_trials(free, rng, each),
        *older_trials(free),
        *title_trials(free, rng, each),
        *lookalike_trials(pairs, by_id, rng),
        *absent_trials(hidden, rng),
        *invented_trials(free, rng, 100),
    ]
    rng.shuffle(found)
    return served, found


def judge(trial, resolution):
    if resolution.state != "resolved":
        return "right" if not trial.right else "open"
    return "right" if resolution.id.removeprefix("arxiv:") in trial.right else "wrong"


def table(found, resolutions, show):
    counts: defaultdict[tuple[str, str], Counter] = defaultdict(Counter)
    for trial, resolution in zip(found, resolutions, strict=True):
        verdict = judge(trial, resolution)
        counts[trial.kind, trial.half][verdict] += 1
        if verdict == "wrong" or (show and show in trial.kind and verdict == "open"):
            print(
                f"{verdict}: {trial.kind} {sorted(trial.right)} -> {resolution.id} {resolution.evidence}",
                *resolution.candidates[:2],
            )
            print(
                "   ",
                (trial.mention.title or "")[:150],
                trial.mention.authors[:3],
                trial.mention.date,
                repr((trial.mention.abstract or "")[:1500]),
            )
    lines = ["| kind | half | n | right | wrong | open | recall |", "|---|---|--:|--:|--:|--:|--:|"]
    for (kind, half), count in sorted(counts.items()):
        total = sum(count.values())
        numbers = f"{total} | {count['right']} | {count['wrong']} | {count['open']} | {count['right'] / total:.1%}"
        lines.append(f"| {kind} | {half} | {numbers} |")
    return lines


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--each", type=int, default=60)
    parser.add_argument("--absent", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", default="")
    parser.add_argument("--single", type=int, default=40)
    options = parser.parse_args()
    papers = load_papers(options.data / "corpus_public.jsonl.gz")
    pairs = json.loads((options.data / "lookalikes.json").read_text())
    served, found = trials(papers, pairs, options.seed, options.each, options.absent)
    asker = Asker(served)
    asker.answer(Query(search='abs:"warm up"'))
    for paper in served:
        asker.record(asker.service.version(paper.id))
    asker.requests, asker.seconds = 0, 0.0
    start = time.process_time()
    result = run([trial.mention for trial in found], asker)
    spent = time.process_time() - start - asker.seconds
    lines = table(found, result.resolutions, options.show)
    lines += [
        "",
        f"{len(found)} mentions, {asker.requests} requests, {asker.requests / len(found):.3f} a mention,",
    ]
    lines += [f"{1000 * spent / len(found):.2f} ms CPU a mention, longest address {asker.longest} characters."]
    before = asker.requests
    singles = [trial for trial in found if trial.right][: options.single]
    for trial in singles:
        run([trial.mention], asker)
    if singles:
        lines += [f"Alone: {(asker.requests - before) / len(singles):.2f} requests a mention."]
    served, found = twins(papers, pairs, options.seed)
    lines += ["", *table(found, run([trial.mention for trial in found], Asker(served)).resolutions, options.show)]
    text = "\n".join(lines)
    print(text)
    if options.out:
        options.out.write_text(text + "\n")


if __name__ == "__main__":
    main()
