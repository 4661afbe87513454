"""What every test shares: no network beyond loopback, and the option for the checks over a data folder."""

from __future__ import annotations

import ipaddress
import socket
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.running import Runner

pytest_plugins = ["tests.standin.fixtures"]

settings.register_profile(
    "fixed",
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("fixed")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--data", type=Path, help="a folder of real metadata and .bib files to check against")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """The checks in `over_data` need `--data`; without it they are not part of the suite."""
    if collection_path.name == "over_data" and config.getoption("--data") is None:
        return True
    return None


@pytest.fixture(scope="session")
def data_folder(request: pytest.FixtureRequest) -> Path:
    return Path(request.config.getoption("--data")).resolve()


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections leave this machine in no test."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family != getattr(socket, "AF_UNIX", None):
            host = address[0]
            if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
                raise AssertionError(f"a test tried to reach {host}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def own_user(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has a cache folder and an environment of its own."""
    for name in ("BIBTOOLS_ARXIV_URL", "BIBTOOLS_ARXIV_DELAY", "BIBTOOLS_OFFLINE", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("BIBTOOLS_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def bibtools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Runner:
    """The program, run in an empty folder."""
    folder = tmp_path / "project"
    folder.mkdir()
    return Runner(folder, monkeypatch, capfdbinary)
