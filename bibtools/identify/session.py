"""All mentions of a run together: who asks what in each round, and who gets which answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bibtools.errors import Problem
from bibtools.identify import outcome
from bibtools.identify.batches import ROOM, length, pack
from bibtools.identify.case import Ask, Case
from bibtools.identify.decide import advance, follow
from bibtools.identify.entries import local_id, local_record
from bibtools.identify.shelf import Shelf
from bibtools.model import Answer, ArxivId, Mention, NotAsked, Query, Record, Resolution

_ALONE_PAGE = 200


class Session:
    """The state between rounds. :meth:`questions` and :meth:`receive` alternate until there is nothing to ask."""

    def __init__(
        self, mentions: Sequence[Mention], known: Mapping[str, Record], settled: Mapping[str, Resolution]
    ) -> None:
        self.mentions = mentions
        self.shelf = Shelf()
        self.shelf.add(known[record_id] for record_id in sorted(known))
        self.settled = {
            digest: resolution for digest, resolution in settled.items() if resolution.state != "unresolved"
        }
        self.cases: dict[str, Case] = {}
        for mention in mentions:
            self.cases.setdefault(mention.digest, Case(mention))
        for digest, case in self.cases.items():
            case.done = self.settled.get(digest)
        self.absent: set[str] = set()
        self._askers: dict[Query, list[Case]] = {}
        self._asked_ids: set[ArxivId] = set()
        self._unasked: dict[ArxivId, Problem] = {}
        self._elect()

    def _elect(self) -> None:
        """Let mentions of one abstract follow the one that says most: an id first, then a title and authors.

        Where several ids stand beside the one text it belongs to several papers: those without an id follow none.
        """
        groups: dict[str, list[Case]] = {}
        for case in self.cases.values():
            if case.mention.abstract_digest:
                groups.setdefault(case.mention.abstract_digest, []).append(case)
        for group in groups.values():
            leader = max(group, key=_authority)
            claims = {claim for case in group if (claim := _claim(case))}
            for case in group:
                if case is not leader and case.done is None and not _claim(case) and len(claims) < 2:
                    case.leader = leader

    def questions(self) -> tuple[Query, ...]:
        """The next round; empty when every case is done. Cases that need no answer are settled on the way."""
        self._askers = {}
        while True:
            asks = [(case, ask) for case in self.cases.values() if (ask := self._step(case))]
            finished = all(case.done for case in self.cases.values())
            queries = self._queries(asks) if asks or finished else ()
            if queries or finished:
                return queries

    def _queries(self, asks: list[tuple[Case, Ask]]) -> tuple[Query, ...]:
        ids = [one for _, ask in asks for one in ask.ids]
        ids += self._settled_records()
        fresh = [one for one in dict.fromkeys(ids) if one not in self._asked_ids]
        self._asked_ids.update(fresh)
        queries = [Query(ids=tuple(fresh), max_results=len(fresh))] if fresh else []
        queries += self._searches(asks)
        return tuple(queries)

    def _step(self, case: Case) -> Ask | None:
        """Bring a case as far as it comes without an answer."""
        if case.done is None and (why := self._why_unasked(case)):
            case.done = outcome.not_asked(case, why)
        if case.done is not None:
            return None
        if case.leader is not None:
            if case.leader.done is None:
                return None
            case.done = follow(case, case.leader, self.shelf)
            case.leader = None
            if case.done is not None:
                return None
        ask = advance(case, self.shelf, self.absent) or None
        case.wanted = ask.ids if ask else ()
        return ask

    def _why_unasked(self, case: Case) -> Problem | None:
        """Why a question that the case waits for was not asked; None if all were."""
        return case.unasked or next((self._unasked[one] for one in case.wanted if one in self._unasked), None)

    def _settled_records(self) -> list[ArxivId]:
        """Records that settled mentions name and nobody has seen."""
        named = (one.id for case in self.cases.values() if (one := case.done) and one.id)
        return [
            ArxivId(record_id.partition(":")[2])
            for record_id in named
            if record_id.startswith("arxiv:") and record_id not in self.shelf.works
        ]

    def _searches(self, asks: list[tuple[Case, Ask]]) -> list[Query]:
        """The clauses of all cases packed into requests, and who waits for which."""
        by_clause: dict[str, list[Case]] = {}
        for case, ask in asks:
            for clause in ask.clauses:
                by_clause.setdefault(clause, []).append(case)
        for case, clause in self._early(asks, sum(map(length, by_clause))):
            by_clause.setdefault(clause, []).append(case)
        queries = [query for group in _apart(by_clause) for query in pack(group)]
        for query in queries:
            members = query.search.split(" OR ")
            waiting = [case for clause in members for case in by_clause.get(clause, ())]
            self._askers[query] = list(dict.fromkeys(waiting))
        for case, ask in asks:
            for clause in ask.alone:
                query = Query(search=clause, max_results=_ALONE_PAGE)
                queries.append(query)
                self._askers.setdefault(query, []).append(case)
        return list(dict.fromkeys(queries))

    def _early(self, asks: list[tuple[Case, Ask]], taken: int) -> list[tuple[Case, str]]:
        """Later rounds' clauses of a few cases, while one request has room for them."""
        found: list[tuple[Case, str]] = []
        waiting = [case for case, ask in asks if ask.clauses and case.started]
        while waiting and taken < ROOM * 2 // 3:
            for case in waiting:
                clauses = case.more()
                found += [(case, clause) for clause in clauses]
                taken += sum(map(length, clauses))
            waiting = [case for case in waiting if case.rounds]
        return found

    def receive(self, queries: Sequence[Query], answers: Mapping[Query, Answer]) -> None:
        """Put what came on the shelf."""
        for query in queries:
            answer = answers[query]
            if query.ids:
                self._receive_ids(query, answer)
                continue
            if isinstance(answer, NotAsked):
                for case in self._askers.get(query, ()):
                    case.unasked = answer.problem
                continue
            self.shelf.add(answer.records)
            came = self.shelf.index(record.id for record in answer.records)
            for case in self._askers.get(query, ()):
                case.offered.update(dict.fromkeys(self.shelf.resembling(case.ours, came)))
            if answer.total > len(answer.records):
                for case in self._askers.get(query, ()):
                    case.overflowed = True

    def _receive_ids(self, query: Query, answer: Answer) -> None:
        """Deal out current records and older versions; what did not come is absent, or was not asked for."""
        versions = {one for one in query.ids if one.version is not None}
        current = {one.number for one in query.ids if one.version is None}
        latest: dict[str, int] = {}
        for record in answer.records:
            latest[record.id] = max(latest.get(record.id, 0), record.version or 0)
        for record in answer.records:
            number = record.arxiv_number or ""
            if record.version is not None and ArxivId(number, record.version) in versions:
                self.shelf.add_older([record])
            if number in current and (record.version or 0) == latest[record.id]:
                self.shelf.add([record])
        if isinstance(answer, NotAsked):
            came = {ArxivId(record.arxiv_number or "", record.version) for record in answer.records}
            self._unasked |= {
                one: answer.problem
                for one in query.ids
                if (one not in came if one.version else one.record_id not in self.shelf.works)
            }
        else:
            self.absent.update(number for number in current if f"arxiv:{number}" not in self.shelf.works)

    def result(self) -> tuple[tuple[Resolution, ...], tuple[Record, ...]]:
        """The resolutions in the order of the mentions, and the records that they name."""
        resolutions: list[Resolution] = []
        records: dict[str, Record] = {}
        for mention in self.mentions:
            case = self.cases[mention.digest]
            resolution = case.done or Resolution(digest=mention.digest, state="unresolved")
            resolutions.append(resolution)
            if resolution.id is None:
                continue
            if resolution.id in self.shelf.works:
                records[resolution.id] = self.shelf.works[resolution.id].record
            elif mention.entry is not None and resolution.id == local_id(mention):
                records.setdefault(resolution.id, local_record(mention))
        return tuple(resolutions), tuple(records.values())


def _apart(clauses: Iterable[str]) -> tuple[list[str], ...]:
    """Clauses that share requests: DOIs; phrases; and, where there are too many for one request, loose ones.

    Loose clauses may find hundreds; on a page of their own they push nobody's phrase aside.
    """
    everything = list(clauses)
    dois = [clause for clause in everything if clause.startswith("doi:")]
    texts = [clause for clause in everything if not clause.startswith("doi:")]
    if sum(map(length, texts)) <= ROOM:
        return dois, texts
    return dois, [one for one in texts if not one.startswith("(")], [one for one in texts if one.startswith("(")]


def _claim(case: Case) -> tuple[str, ...]:
    """The paper that a mention itself names or was settled to be."""
    if case.done is not None and case.done.id is not None:
        return (case.done.id.removeprefix("arxiv:"),)
    return case.numbers or case.dois


def _authority(case: Case) -> tuple[bool, bool, bool, bool]:
    mention = case.mention
    settled = case.done is not None and case.done.id is not None
    return settled, bool(_claim(case)), bool(mention.title), bool(mention.authors)
