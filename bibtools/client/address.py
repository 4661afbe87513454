"""Addresses of requests: which ids share one, what it looks like, where it may lead. Pure.

An id that is not of an id's form is never sent: a single one spoils the whole request. Nor are an id with and one
without a version of the same paper sent together, since which answer belongs to which could not be told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlencode, urljoin, urlsplit, urlunsplit

from bibtools.model import ArxivId
from bibtools.text import squeeze

MAX_IDS = 100  # in one request
MAX_URL = 2_000  # characters; longer ones are not known to work
MAX_PAGE = 500  # results of a search in one answer; 2,000 is the service's limit, but slow
MAX_RESULTS = 10_000  # the service cannot reach further

_NUMBER = re.compile(r"[0-9]{4}\.[0-9]{4,5}|[a-z]+(?:-[a-z]+)?/[0-9]{7}")


def is_arxiv(host: str) -> bool:
    """Whether a host is arXiv's own, where its terms of use hold.

    >>> is_arxiv("Export.arXiv.org."), is_arxiv("arxiv.org.example.com")
    (True, False)
    """
    host = host.lower().rstrip(".")
    return host == "arxiv.org" or host.endswith(".arxiv.org")


def service(url: str) -> str:
    """The service behind an address, as a name that can be a file's; all of arXiv's hosts are one service.

    >>> service("https://export.arxiv.org/api/query"), service("http://[::1]:8080/x")
    ('arxiv.org', '--1_8080')
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").lower().rstrip(".")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return "arxiv.org" if is_arxiv(host) else re.sub(r"[^a-z0-9.-]", "-", host)[:100] + f"_{port}"


def ids_url(base: str, ids: Iterable[ArxivId]) -> str:
    """The request for these ids.

    >>> ids_url("http://x/q", [ArxivId("1706.03762"), ArxivId("math/0309136", 1)])
    'http://x/q?id_list=1706.03762,math/0309136v1&start=0&max_results=2'
    """
    texts = [str(arxiv_id) for arxiv_id in ids]
    return _url(base, {"id_list": ",".join(texts), "start": "0", "max_results": str(len(texts))})


def search_url(base: str, search: str, *, start: int, size: int) -> str:
    """The request for `size` results of a search from the one at `start`.

    >>> search_url("http://x/q", 'ti:"deep nets"', start=0, size=10)
    'http://x/q?search_query=ti:%22deep+nets%22&start=0&max_results=10'
    """
    return _url(base, {"search_query": search, "start": str(start), "max_results": str(size)})


def _url(base: str, params: dict[str, str]) -> str:
    parts = urlsplit(base)
    query = "&".join(filter(None, (parts.query, urlencode(params, safe=",/:()"))))
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def checked_ids(ids: Iterable[ArxivId]) -> tuple[ArxivId, ...]:
    """The ids without doubles; ValueError for one that is not of an id's form."""
    unique = tuple(dict.fromkeys(ids))
    for arxiv_id in unique:
        version = 1 if arxiv_id.version is None else arxiv_id.version
        if not _NUMBER.fullmatch(arxiv_id.number) or not 1 <= version <= 9999:
            raise ValueError(f"not an arXiv id: {str(arxiv_id)[:80]!r}")
    return unique


def checked_search(base: str, search: str) -> str:
    """The search in one line; ValueError where it is empty or too long for one request."""
    search = squeeze(search)
    if not search:
        raise ValueError("an empty search")
    if len(search_url(base, search, start=MAX_RESULTS, size=MAX_PAGE)) > MAX_URL:
        raise ValueError(f"a search too long for one request: {search[:80]!r}…")
    return search


def batches(base: str, ids: Iterable[ArxivId]) -> tuple[tuple[ArxivId, ...], ...]:
    """Ids in as few requests as the limits allow, in order where possible."""
    filled: list[list[ArxivId]] = []
    versioned: list[dict[str, bool]] = []  # by number, for each batch
    room = MAX_URL - len(ids_url(base, [])) - len(str(MAX_IDS))
    for arxiv_id in ids:
        has_version = arxiv_id.version is not None
        for batch, known in zip(filled, versioned, strict=True):
            fits = len(batch) < MAX_IDS and sum(len(str(i)) + 1 for i in (*batch, arxiv_id)) <= room
            if fits and known.setdefault(arxiv_id.number, has_version) == has_version:
                batch.append(arxiv_id)
                break
        else:
            filled.append([arxiv_id])
            versioned.append({arxiv_id.number: has_version})
    return tuple(map(tuple, filled))


def redirected(url: str, location: str) -> str | None:
    """Where a redirect leads, None where it must not be followed.

    The same host (also from http to https, never back) or another one of arXiv's.

    >>> redirected("http://export.arxiv.org/api/query?a=b", "https://arxiv.org/api/query?a=b")
    'https://arxiv.org/api/query?a=b'
    >>> redirected("http://export.arxiv.org/api/query", "http://portal.example/login")
    """
    try:
        goal = urljoin(url, location.strip())
        old, new = urlsplit(url), urlsplit(goal)
        ports = (old.port, new.port)
    except ValueError:
        return None
    old_host, new_host = ((parts.hostname or "").lower().rstrip(".") for parts in (old, new))
    if new.scheme not in ("http", "https") or (old.scheme, new.scheme) == ("https", "http") or "@" in new.netloc:
        return None
    if is_arxiv(old_host) and is_arxiv(new_host):
        return goal if ports[1] in (None, 80, 443) else None
    same_port = ports[0] == ports[1] or old.scheme != new.scheme
    return goal if old_host == new_host and same_port else None
