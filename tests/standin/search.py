"""Which papers a query means: the fields of the index, and how each kind of term is looked up in them.

Terms are matched as Elasticsearch would by arXiv's mapping and query builders: `ti:` and `abs:` on stems, `au:`
within one author, identifiers exactly, `all:` as a mixture of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cached_property

from tests.standin.analysis import as_it_stands, combined, english, fold, name_words, simple
from tests.standin.index import Names, Positions, Scores, wildcard_pattern
from tests.standin.lookup import ServerFaultError, is_wild, no_leading_wildcard, shared, united, words_in
from tests.standin.papers import Paper
from tests.standin.query import Not, Phrase, Term

_OLD_NUMBER = re.compile(
    r"(?:910[7-9]|911[0-2]|9[2-9](?:0[1-9]|1[0-2])|0[0-6](?:0[1-9]|1[0-2])|070[1-3])(?!000)\d{3}"
)
_YEAR = re.compile(r"(?:^|\s)(\d{4}(?:-\d{2})?)(?:\s|$)")
_TEX = re.compile(r"\$\$[^$]+\$\$|\$[^$]+\$")
_SPECIAL = re.compile(r"[+=><!(){}\[\]^~:\\/-]")


class Index:
    """The papers and their searchable fields, in the wording that is answered (converted from TeX)."""

    def __init__(self, papers: Sequence[Paper]) -> None:
        self.papers = papers

    def __len__(self) -> int:
        return len(self.papers)

    def _positions(
        self, value: Callable[[Paper], str | None], analyse: Callable[[str], list[str | None]]
    ) -> Positions:
        return Positions(([value(paper) or ""] for paper in self.papers), analyse)

    @cached_property
    def _title(self) -> Positions:
        return self._positions(lambda paper: paper.title, english)

    @cached_property
    def _abstract(self) -> Positions:
        return self._positions(lambda paper: paper.abstract, english)

    @cached_property
    def _abstract_as_it_stands(self) -> Positions:
        return self._positions(lambda paper: paper.abstract, as_it_stands)

    @cached_property
    def _comment(self) -> Positions:
        return self._positions(lambda paper: paper.comment, simple)

    @cached_property
    def _journal(self) -> Positions:
        return self._positions(lambda paper: paper.journal_ref, simple)

    @cached_property
    def _report(self) -> Positions:
        return self._positions(lambda paper: paper.report_number, simple)

    @cached_property
    def _authors(self) -> Names:
        return Names((paper.authors for paper in self.papers), name_words)

    @cached_property
    def _mixture(self) -> Positions:
        return Positions((list(_everything(paper)) for paper in self.papers), combined)

    @cached_property
    def _by_doi(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for document, paper in enumerate(self.papers):
            for doi in (paper.doi or "").split():
                found.setdefault(doi, []).append(document)
        return found

    @cached_property
    def by_id(self) -> dict[str, int]:
        """Bare ids to documents."""
        return {paper.id: document for document, paper in enumerate(self.papers)}

    @property
    def everything(self) -> Scores:
        """All documents, none better than another."""
        return dict.fromkeys(range(len(self.papers)), 1.0)

    def search(self, phrase: Phrase) -> Scores:
        """The documents that a query means, with scores; ServerFaultError where the service breaks."""
        if isinstance(phrase, Not):
            raise ServerFaultError("a negation of nothing")
        return self._evaluate(phrase)

    def _evaluate(self, phrase: Phrase) -> Scores:
        if isinstance(phrase, Term):
            return self._term(phrase.field, phrase.value) if phrase.value.strip() else self.everything
        if isinstance(phrase, Not):
            if not isinstance(phrase.operand, Term):
                raise ServerFaultError("only a single term can be negated")
            without = self._evaluate(phrase.operand)
            return {document: score for document, score in self.everything.items() if document not in without}
        left, right = self._evaluate(phrase.left), self._evaluate(phrase.right)
        if phrase.operator == "AND":
            return shared(left, right)
        if phrase.operator == "OR":
            return united(left, right)
        return {document: score for document, score in left.items() if document not in right}

    def _term(self, field: str, value: str) -> Scores:
        lookups: dict[str, Callable[[str], Scores]] = {
            "ti": self._in_title, "abs": self._in_abstract, "au": self._by_author, "cat": self._in_category,
            "co": lambda v: words_in(self._comment, v, keep_stop_words=not v.startswith('"')),
            "jr": lambda v: words_in(self._journal, v), "rn": lambda v: words_in(self._report, v),
            "id": self._with_number, "doi": self._with_doi, "submittedDate": self._submitted,
            "all": self._anywhere,
        }  # fmt: skip
        return lookups[field](value)

    def _in_title(self, value: str, *, some: bool = False) -> Scores:
        if _TEX.match(value):
            return self._with_formula(value, lambda paper: paper.title)
        return words_in(self._title, value, some=some)

    def _in_abstract(self, value: str, *, some: bool = False) -> Scores:
        found = words_in(self._abstract, value, some=some)
        if value.startswith('"') and not any(english(value)):
            # nothing but stop words: only the text as it stands has them
            return self._abstract_as_it_stands.phrase(as_it_stands(value))
        return found

    def _with_formula(self, value: str, text: Callable[[Paper], str]) -> Scores:
        wanted = set(_TEX.findall(value))
        hits = (number for number, paper in enumerate(self.papers) if wanted & set(_TEX.findall(text(paper))))
        return dict.fromkeys(hits, 1.0)

    def _by_author(self, value: str) -> Scores:
        """Quoted: words in any order, wildcards too. Unquoted: one word, an initial, or `family,given`."""
        value = value.lower()
        quoted = value.startswith('"')
        value = value.strip('"').strip()
        if ";" in value and not quoted:
            parts = [self._by_author(part) for part in value.split(";") if part]
            scores = parts[0] if parts else {}
            for part in parts[1:]:
                scores = shared(scores, part)
            return scores
        if "," in value and not quoted:
            family, _, given = value.partition(",")
            return self._authors.family_and_given(name_words(family), name_words(given.replace(",", " ")))
        for word in value.split():
            no_leading_wildcard(word)
        words = name_words(value)
        if not quoted and len(value) == 1:
            return united(self._authors.within_one(words), self._authors.initial(fold(value)))
        return self._authors.within_one(words)

    def _in_category(self, value: str) -> Scores:
        matches = wildcard_pattern(value.strip('"').lower()).fullmatch
        known: dict[str, bool] = {}
        found = {}
        for document, paper in enumerate(self.papers):
            for category in (paper.primary_category, *paper.categories):
                if category not in known:
                    known[category] = matches(category.lower()) is not None
                if known[category]:
                    found[document] = 1.0
        return found

    def _in_archive(self, value: str) -> Scores:
        wanted = value.strip('"').lower()
        hits = (n for n, p in enumerate(self.papers) if any(c.partition(".")[0] == wanted for c in p.categories))
        return dict.fromkeys(hits, 1.0)

    def _with_number(self, value: str) -> Scores:
        """Exact; the service escapes hyphen and slash first, so that an old id is never found whole."""
        no_leading_wildcard(value)
        value = _SPECIAL.sub(lambda match: "\\" + match[0], value)
        if value.startswith('"'):
            return {}
        if is_wild(value):
            matches = wildcard_pattern(value.lower()).fullmatch
        elif _OLD_NUMBER.fullmatch(value):
            matches = re.compile(rf"(?:.*/)?{value}").fullmatch
        else:
            document = self.by_id.get(value.partition("v")[0])
            same = document is not None and value in (self.papers[document].id, self.papers[document].versioned_id)
            return {document: 1.0} if same and document is not None else {}
        hits = (n for n, paper in enumerate(self.papers) if matches(paper.id) or matches(paper.versioned_id))
        return dict.fromkeys(hits, 1.0)

    def _with_doi(self, value: str) -> Scores:
        value = value.strip('"')
        no_leading_wildcard(value)
        if not is_wild(value):
            return dict.fromkeys(self._by_doi.get(value, ()), 1.0)
        matches = wildcard_pattern(value.lower()).fullmatch
        return {n: 1.0 for doi, documents in self._by_doi.items() if matches(doi) for n in documents}

    def _submitted(self, value: str) -> Scores:
        """The first version's time within the range, ends included."""
        try:
            first, last = (
                datetime.strptime(part.strip(), "%Y%m%d%H%M").strftime("%Y-%m-%dT%H:%M:%SZ")
                for part in value.strip('"').split("TO")
            )
        except ValueError as error:
            raise ServerFaultError(str(error)) from error
        hits = (number for number, paper in enumerate(self.papers) if first <= paper.published <= last)
        return dict.fromkeys(hits, 1.0)

    def _announced(self, value: str) -> Scores:
        """A bare year, `yyyy-mm` or the `yymm` of an id: papers first announced then."""
        match = _YEAR.search(value)
        if match is None:
            return {}
        wanted = [match[1]]
        if len(match[1]) == 4 and 1 <= int(match[1][2:]) <= 12:
            wanted.append(f"{'19' if int(match[1][:2]) >= 91 else '20'}{match[1][:2]}-{match[1][2:]}")
        hits = (number for number, paper in enumerate(self.papers) if paper.published.startswith(tuple(wanted)))
        return dict.fromkeys(hits, 1.0)

    def _anywhere(self, value: str) -> Scores:
        """The mixture of all fields split at blanks, or any single field, or the time of announcement."""
        if _TEX.match(value):
            return united(*(self._with_formula(value, text) for text in (_title_of, _abstract_of)))
        no_leading_wildcard(value)
        single = [
            self._in_title(value), self._in_abstract(value), self._by_author(value), self._with_number(value),
            words_in(self._comment, value), words_in(self._journal, value), words_in(self._report, value),
            self._with_doi(value), self._in_category(value), self._in_archive(value), self._announced(value),
        ]  # fmt: skip
        anywhere = united(*single)
        # what only the mixture has must still touch some field with one of its words
        mixed = words_in(self._mixture, value)
        extra = {document for document in mixed if document not in anywhere}
        if extra:
            some = [self._in_title(value, some=True), self._in_abstract(value, some=True)]
            touched = set().union(*some, *(words_in(p, value, some=True) for p in (self._comment, self._journal)))
            touched |= {document for document in extra if self._touches_author(document, value)}
            extra &= touched
        return united(anywhere, {document: mixed[document] for document in extra})

    def _touches_author(self, document: int, value: str) -> bool:
        wanted = set(name_words(value.strip('"')))
        return any(wanted & set(name_words(author)) for author in self.papers[document].authors)


def _title_of(paper: Paper) -> str:
    return paper.title


def _abstract_of(paper: Paper) -> str:
    return paper.abstract


def _everything(paper: Paper) -> list[str]:
    optional = (paper.comment, paper.journal_ref, paper.doi, paper.report_number)
    places = [place for _, names in paper.affiliations for place in names]
    return [
        paper.title,
        paper.abstract,
        *paper.authors,
        paper.id,
        *paper.categories,
        *places,
        *filter(None, optional),
    ]
