"""A stand-in for the arXiv API on this machine.

It answers as the service does (its query language, its id lists, its Atom format, its errors) over a few papers
of its own or any file of metadata, keeps a log of what it was asked, and goes wrong on demand.
"""

from tests.standin.papers import Older, Paper, load_papers, seed_papers
from tests.standin.server import Seen, Standin
from tests.standin.service import Reply, Service

__all__ = ["Older", "Paper", "Reply", "Seen", "Service", "Standin", "load_papers", "seed_papers"]
