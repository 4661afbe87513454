"""The arXiv client: questions in, checked and complete answers out, as politely as arXiv's terms ask.

::

    client = Client(
        url="https://export.arxiv.org/api/query", delay=3, timeout=60, patience=120,
        contact="mailto:me@example.org", version=__version__, cache=Cache(folder), state_folder=folder,
    )
    client.ask(Query(ids=(ArxivId("1706.03762"), ArxivId("2408.00118", 1)))).records
    client.ask(Query(search='ti:"attention is all you need"')).total

The parts: `address` (URLs, pure) · `transport` (one HTTP request, bounded in time and size) · `pace` (turns of all
processes of the user) · `verdict` (what an answer means, pure) · `courier` (one URL asked until the answer is good
or patience ends) · `client` (batches, completeness, cache).
"""

from bibtools.client.client import AnswerCache, Client
from bibtools.client.clock import Clock
from bibtools.client.faults import NotCachedError, QueryRefusedError
from bibtools.client.progress import Progress

__all__ = ["AnswerCache", "Client", "Clock", "NotCachedError", "Progress", "QueryRefusedError"]
