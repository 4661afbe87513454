"""The processes that tests start: none is left, and each can be interrupted."""

from __future__ import annotations

import multiprocessing
import os
import re
import signal
import sys
import time
from pathlib import Path

import pytest

from tests.children import ended, started

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals are a POSIX notion")

SLEEPER = "import sys, time; print('ready', flush=True); time.sleep(60)"
ASKS = "import signal; print(signal.getsignal(signal.SIGINT) is signal.default_int_handler)"


@pytest.fixture(params=[signal.SIG_IGN, signal.default_int_handler], ids=["ignored", "usual"])
def disposition(request):
    before = signal.signal(signal.SIGINT, request.param)
    yield request.param
    signal.signal(signal.SIGINT, before)


def test_a_child_can_be_interrupted_however_the_suite_was_started(disposition):
    with started([sys.executable, "-c", ASKS], stdout=-1) as child:
        assert child.stdout.read().strip() == b"True"
    assert signal.getsignal(signal.SIGINT) is disposition


@pytest.mark.parametrize("error", [AssertionError, KeyboardInterrupt, TimeoutError])
def test_no_child_outlives_what_happens_in_the_block(error):
    with pytest.raises(error), started([sys.executable, "-c", SLEEPER], stdout=-1) as child:
        assert child.stdout.readline() == b"ready\n"
        raise error
    assert child.returncode == -signal.SIGKILL
    with pytest.raises(ProcessLookupError):
        os.kill(child.pid, 0)


def test_a_child_that_has_ended_keeps_its_exit_code():
    with started([sys.executable, "-c", "raise SystemExit(7)"]) as child:
        assert child.wait(30) == 7
    assert child.returncode == 7


def test_no_worker_outlives_what_happens_in_the_block():
    workers = [multiprocessing.get_context("fork").Process(target=time.sleep, args=(60,)) for _ in range(2)]
    with pytest.raises(AssertionError), ended(workers):
        raise AssertionError
    assert [worker.exitcode for worker in workers] == [-signal.SIGKILL] * 2


def test_every_test_starts_its_children_here():
    files = [
        path for path in Path(__file__).parent.rglob("*.py") if path.name not in ("children.py", "killing.py")
    ]
    loose = [
        path.name
        for path in files
        if re.search(r"\bPopen\(|\bos\.fork\(|\.Process\(.*\)\.start", path.read_text("utf-8"))
    ]
    assert [name for name in loose if name != Path(__file__).name] == []
