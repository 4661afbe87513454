"""The service behind the address: parameters in, status and Atom bytes out, no HTTP."""

from __future__ import annotations

import re
import time
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from tests.standin import feed, query
from tests.standin.index import Scores
from tests.standin.lookup import ServerFaultError
from tests.standin.papers import Older, Paper
from tests.standin.rewrite import adapt
from tests.standin.search import Index
from tests.standin.tex2utf import tex2utf

PAGE_LIMIT = 2_000
WINDOW = 10_000
_ERRORS = "https://arxiv.org/api/errors"
_BROKEN = (
    "The server encountered an internal error and was unable to complete your request. Either the server is "
    "overloaded or there is an error in the application."
)

_NEW_STYLE = re.compile(r"(?<![\d=.])\d{4}\.\d{4,5}")
_ARCHIVES = (
    "acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas cond-mat cs "
    "dg-ga econ eess funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex nucl-th "
    "patt-sol physics plasm-ph q-alg q-bio q-fin quant-ph solv-int stat supr-con test"
)
_CLASSES = {
    "astro-ph": "CO EP GA HE IM SR",
    "cond-mat": "dis-nn mes-hall mtrl-sci other quant-gas soft stat-mech str-el supr-con",
    "cs": "AI AR CC CE CG CL CR CV CY DB DC DL DM DS ET FL GL GR GT HC IR IT LG LO MA MM MS NA NE NI OH OS PF PL "
    "RO SC SD SE SI SY",
    "econ": "EM GN TH",
    "eess": "AS IV SP SY",
    "math": "AC AG AP AT CA CO CT CV DG DS FA GM GN GR GT HO IT KT LO MG MP NA NT OA OC PR QA RA RT SG SP ST",
    "nlin": "AO CD CG PS SI",
    "physics": "acc-ph ao-ph app-ph atm-clus atom-ph bio-ph chem-ph class-ph comp-ph data-an ed-ph flu-dyn gen-ph "
    "geo-ph hist-ph ins-det med-ph optics plasm-ph pop-ph soc-ph space-ph",
    "q-bio": "BM CB GN MN NC OT PE QM SC TO",
    "q-fin": "CP EC GN MF PM PR RM ST TR",
    "stat": "AP CO ME ML OT TH",
}
_SECTIONS = [
    *_ARCHIVES.split(),
    *(f"{archive}.{name}" for archive, names in _CLASSES.items() for name in names.split()),
]
_OLD_STYLE = re.compile(rf"(?:{'|'.join(map(re.escape, _SECTIONS))})/\d{{2}}[01]\d{{4}}", re.IGNORECASE)
_VERSIONED = re.compile(r"(?P<number>.*)v(?P<version>[1-9]\d*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes over the wire: a status, a body and its media type."""

    status: int
    body: bytes
    content_type: str = feed.CONTENT_TYPE


class _RefusedError(Exception):
    """The request is not answered; `link` is the address of the explanation."""

    def __init__(self, message: str, link: str = _ERRORS) -> None:
        super().__init__(message)
        self.link = link


@dataclass(frozen=True, slots=True)
class Request:
    """A request whose parameters passed the checks."""

    search: str | None
    ids: tuple[str, ...] | None
    start: int
    size: int
    sort_by: str
    descending: bool


def has_id_format(text: str) -> bool:
    """Whether the service takes it for an id: something like one stands anywhere in it."""
    return bool(_NEW_STYLE.search(text) or _OLD_STYLE.search(text))


def _count(params: Mapping[str, str], name: str, default: int) -> int:
    link = f"{_ERRORS}#{name}_must_be_"
    try:
        value = int(params.get(name, default))
    except ValueError:
        raise _RefusedError(f"{name} must be an integer", f"{link}an_integer") from None
    if value < 0:
        raise _RefusedError(f"{name} must be non-negative", f"{link}non-negative")
    return value


def _choice(params: Mapping[str, str], name: str, choices: Sequence[str], default: str) -> str:
    value = params.get(name, default)
    if value not in choices:
        raise _RefusedError(
            f"{name} must be in: {', '.join(choices)}", "https://arxiv.org/help/api/user-manual#sort"
        )
    return value


def read_request(params: Mapping[str, str]) -> Request:
    """The request, checked in the service's order: ids, numbers, sorting."""
    ids = tuple(params["id_list"].split(",")) if params.get("id_list") else None
    for text in ids or ():
        if not has_id_format(text):
            message = f"incorrect id format for {text}"
            raise _RefusedError(message, f"{_ERRORS}#{message.replace(' ', '_', 4)}")
    size, start = _count(params, "max_results", 10), _count(params, "start", 0)
    sort_by = _choice(params, "sortBy", ("relevance", "lastUpdatedDate", "submittedDate"), "relevance")
    order = _choice(params, "sortOrder", ("ascending", "descending"), "descending")
    search = params.get("search_query") or None
    if search is not None and params.get("raw") != "1":
        search = adapt(search) or None
    if search is None and ids is None:
        raise _RefusedError("Either a search_query or id_list must be specified for the classic API.")
    return Request(search, ids, start, size, sort_by, order == "descending")


def _unicode(text: str | None) -> str | None:
    return None if text is None else tex2utf(text)


def _all_unicode(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(tex2utf(name) for name in names)


def _converted_older(older: Older) -> Older:
    return replace(
        older,
        title=_unicode(older.title),
        abstract=_unicode(older.abstract),
        authors=None if older.authors is None else _all_unicode(older.authors),
        comment=_unicode(older.comment),
    )


def converted(paper: Paper) -> Paper:
    """The paper as it is indexed and answered: all its texts converted from TeX."""
    return replace(
        paper,
        title=tex2utf(paper.title),
        abstract=tex2utf(paper.abstract),
        authors=_all_unicode(paper.authors),
        comment=_unicode(paper.comment),
        journal_ref=_unicode(paper.journal_ref),
        affiliations=tuple((tex2utf(name), places) for name, places in paper.affiliations),
        older_versions=tuple(_converted_older(older) for older in paper.older_versions),
    )


def _utc_now() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def _scatter(text: str) -> int:
    """An order among equals that is neither that of the question nor that of the ids, and always the same."""
    return zlib.crc32(text.encode())


class Service:
    """The papers, searchable. Building the index is left to the first search that needs it."""

    def __init__(self, papers: Sequence[Paper], *, now: Callable[[], str] = _utc_now) -> None:
        self.index = Index([converted(paper) for paper in {paper.id: paper for paper in papers}.values()])
        self._now = now
        self._entries: dict[str, str] = {}

    def prepare(self) -> None:
        """Build now what searches for titles, abstracts and authors need, so that no answer is timed with it."""
        for field in ("ti", "abs", "au"):
            self.reply({"search_query": f"{field}:x", "max_results": "1"})

    def reply(self, params: Mapping[str, str]) -> Reply:
        """The answer to a request; errors are answers too, as Atom."""
        try:
            return Reply(200, self._answer(read_request(params)))
        except _RefusedError as refusal:
            status, message, link = 400, str(refusal), refusal.link
        except query.InvalidQueryError as invalid:
            status, message, link = 400, str(invalid), _ERRORS
        except (ServerFaultError, feed.UnprintableError, RecursionError):
            status, message, link = 500, _BROKEN, _ERRORS
        try:
            return Reply(status, feed.error(message, link=link, now=self._now()))
        except feed.UnprintableError:
            return Reply(500, feed.error(_BROKEN, link=_ERRORS, now=self._now()))

    def find(self, request: Request) -> list[Paper]:
        """All papers that a request means, in the order of the answer."""
        phrase = None if request.search is None else query.parse(request.search)
        scores = None if phrase is None else self.index.search(phrase)
        if request.ids is None:
            papers = self.index.papers
            found = [(papers[document], score) for document, score in (scores or {}).items()]
        else:
            found = self._named(request.ids, scores, phrase)
        return _sorted(found, request)

    def _named(
        self, ids: tuple[str, ...], scores: Scores | None, phrase: query.Phrase | None
    ) -> list[tuple[Paper, float]]:
        """What the list names, each once, if the query means it too; older versions are searched only here."""
        named = {paper.versioned_id: paper for paper in map(self.version, ids) if paper is not None}
        if scores is None or phrase is None:
            return [(paper, 1.0) for paper in named.values()]
        found, older = [], []
        for paper in named.values():
            document = self.index.by_id[paper.id]
            if paper is not self.index.papers[document]:
                older.append(paper)
            elif document in scores:
                found.append((paper, scores[document]))
        small = Index(older)
        return found + [(older[number], score) for number, score in small.search(phrase).items()]

    def version(self, asked: str) -> Paper | None:
        """What one bare id, with or without a version, names; None where there is nothing exactly so."""
        match = _VERSIONED.fullmatch(asked)
        number = match["number"] if match else asked
        document = self.index.by_id.get(number)
        if document is None:
            return None
        paper = self.index.papers[document]
        if match is None or int(match["version"]) == paper.version:
            return paper
        return paper.at(int(match["version"]))

    def _answer(self, request: Request) -> bytes:
        if request.size == 0:
            raise ServerFaultError("division by zero")
        page, pages = 1 + round(request.start / request.size), WINDOW // request.size
        if page > pages or request.start + request.size > WINDOW:
            raise ServerFaultError("beyond the window of results")
        found = self.find(request)
        shown = found[request.start : request.start + min(request.size, PAGE_LIMIT)]
        return feed.answer(
            [self._entry(paper) for paper in shown],
            query=request.search or "",
            link_query=query.render(query.parse(request.search)) if request.search else "",
            ids=",".join(request.ids or ()),
            start=request.start,
            size=request.size,
            total=len(found),
            now=self._now(),
        )

    def _entry(self, paper: Paper) -> str:
        key = paper.versioned_id
        if key not in self._entries:
            self._entries[key] = feed.entry(paper)
        return self._entries[key]


def _sorted(found: list[tuple[Paper, float]], request: Request) -> list[Paper]:
    keys: dict[str, Callable[[tuple[Paper, float]], float | str]] = {
        "relevance": lambda item: round(item[1], 9),
        "submittedDate": lambda item: item[0].published,
        "lastUpdatedDate": lambda item: item[0].updated,
    }
    scattered = sorted(found, key=lambda item: _scatter(item[0].versioned_id))
    return [paper for paper, _ in sorted(scattered, key=keys[request.sort_by], reverse=request.descending)]
