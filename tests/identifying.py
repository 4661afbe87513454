"""Mentions by hand, and the identification's questions answered by the stand-in."""

from __future__ import annotations

from bibtools.atom import parse_feed
from bibtools.identify import identify
from bibtools.model import Answered, Identifier, Mention, PartialDate, Span
from bibtools.text import digest

RETRIEVED = "2025-01-01T00:00:00Z"


def mention(title=None, *, abstract=None, authors=(), year=None, ids=(), dois=(), entry=None, source="notes.txt"):
    """A mention as the extraction would give it."""
    identifiers = tuple(Identifier("arxiv", one) for one in ids) + tuple(Identifier("doi", one) for one in dois)
    text = "|".join([title or "", *authors, str(year), abstract or "", *ids, *dois, source])
    return Mention(
        source=source,
        span=Span(0, 1),
        line=1,
        end_line=1,
        digest=digest(text),
        kind="entry" if entry else "abstract" if abstract else "title" if title else "identifier",
        title=title,
        authors=tuple(authors),
        abstract=abstract,
        abstract_digest=digest(abstract) if abstract else None,
        identifiers=identifiers,
        date=PartialDate(year) if year else None,
        entry=entry,
    )


class Arxiv:
    """Answers questions from a stand-in's service through the real reader of feeds, and remembers them."""

    def __init__(self, service):
        self.service = service
        self.asked = []
        self.requests = 0

    def answer(self, query):
        self.asked.append(query)
        if query.search:
            return self._ask({"search_query": query.search, "max_results": str(query.max_results)})
        pages = [query.ids[at : at + 100] for at in range(0, len(query.ids), 100)]
        records = []
        for page in pages:
            records += self._ask({"id_list": ",".join(map(str, page)), "max_results": "100"}).records
        return Answered(records=tuple(records), total=len(records))

    def _ask(self, params):
        self.requests += 1
        reply = self.service.reply(params)
        assert reply.status == 200, reply.body
        feed = parse_feed(reply.body, retrieved=RETRIEVED)
        return Answered(records=feed.records, total=feed.total)

    def identify(self, mentions, **known):
        run = identify(mentions, **known)
        try:
            queries = next(run)
            while True:
                queries = run.send({query: self.answer(query) for query in queries})
        except StopIteration as stop:
            return stop.value

    def one(self, one, **known):
        """The resolution of a single mention."""
        return self.identify([one], **known).resolutions[0]
