"""Pytest fixtures: a stand-in over the committed papers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.standin import Service, Standin, seed_papers


@pytest.fixture(scope="session")
def standin_service() -> Service:
    """The committed papers, indexed once."""
    return Service(seed_papers())


@pytest.fixture
def standin(standin_service: Service) -> Iterator[Standin]:
    """A running stand-in with a log and faults of its own."""
    with Standin(standin_service) as running:
        yield running
