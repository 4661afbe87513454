"""Turns of several processes: one at a time, never too soon, whatever happened before."""

import itertools
import json
import math
import multiprocessing
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import given
from hypothesis import strategies as st

from bibtools.cache import Cache
from bibtools.client import Clock
from bibtools.client import pace as pace_module
from bibtools.client.client import Client
from bibtools.client.pace import Pace, QueueError, QuietError, State, parse_state, render_state
from bibtools.errors import ServiceError, UsageError
from tests.children import ended, started
from tests.client_bed import PAPERS, Bed, FakeTime, ids, paper
from tests.standin import Service, Standin

ROOT = Path(__file__).parent.parent


# the state, pure

TIMES = st.floats(allow_nan=False) | st.floats(0, 1e10)
STATES = st.builds(State, ended=TIMES, quiet_until=TIMES, quiet_since=TIMES, asking=st.booleans())


@given(STATES)
def test_what_is_written_is_read(state):
    assert parse_state(render_state(state)) == state


@given(st.text(max_size=50) | st.recursive(st.none() | st.floats() | st.text(), st.lists).map(json.dumps))
def test_anything_else_is_no_state(text):
    assert parse_state(text) is None


@pytest.mark.parametrize(
    "text",
    ["{}", '{"ended": 1, "quiet_until": 1, "quiet_since": NaN, "asking": true}', "[" * 100_000,
     '{"ended": 1, "quiet_until": 1, "quiet_since": 1, "asking": 1}',
     '{"ended": null, "quiet_until": 1, "quiet_since": 1, "asking": false}'],
    ids=["empty", "nan", "deep", "number for flag", "null"],
)  # fmt: skip
def test_no_states(text):
    assert parse_state(text) is None


@given(STATES, st.floats(0, 1e10), st.floats(0, 100))
def test_once_settled_no_wait_is_longer_than_was_asked(state, now, delay):
    settled = state.settled(now)
    assert 0 <= settled.wait(now, delay) <= delay + 1e-5
    assert 0 <= settled.quiet(now) <= pace_module.MAX_QUIET + 1e-5
    assert settled.quiet(now) <= max(0.0, state.quiet_until - state.quiet_since) + 1e-5
    assert settled.settled(now) == settled


@given(STATES, st.floats(0, 1e10), st.floats(0, 100))
def test_once_settled_every_wait_ends(state, now, delay):
    settled = state.settled(now)
    later = now + max(settled.wait(now, delay), settled.quiet(now)) + 1e-5
    assert settled.settled(later).wait(later, delay) == settled.settled(later).quiet(later) == 0


@given(ended=st.floats(0, 1e9), length=st.floats(0, 1000), since=st.floats(0, 1000))
def test_settling_changes_nothing_that_is_in_order(ended, length, since):
    now = 1e9 + since
    state = State(ended=ended, quiet_until=1e9 + length, quiet_since=1e9)
    assert state.settled(now) == state


@pytest.mark.parametrize(
    ("now", "wait"), [(100.0, 3.0), (101.0, 2.0), (103.0, 0.0), (1e9, 0.0), (99.0, 3.0), (0.0, 3.0)]
)
def test_wait(now, wait):
    assert State(ended=100.0).settled(now).wait(now, 3.0) == wait


# one process


def turns(folder, fake, **options):
    return Pace(folder, "x", **{"delay": 3.0, "clock": fake.clock, "tell": lambda _: None, **options})


def take(pace, patience=100.0, quiet=0.0):
    with pace.turn(patience=patience) as turn:
        turn.quiet = quiet


def test_the_first_turn_is_at_once_the_second_after_the_delay(tmp_path):
    fake = FakeTime()
    pace = turns(tmp_path, fake)
    take(pace)
    assert fake.slept == []
    take(pace)
    assert sum(fake.slept) == pytest.approx(3.0, abs=0.1)


def test_the_delay_counts_from_the_end(tmp_path):
    fake = FakeTime()
    pace = turns(tmp_path, fake)
    with pace.turn(patience=100.0):
        fake.sleep(10.0)
    fake.slept.clear()
    take(turns(tmp_path, fake))
    assert sum(fake.slept) == pytest.approx(3.0, abs=0.1)


def test_an_interrupted_turn_has_ended(tmp_path):
    fake = FakeTime()
    with pytest.raises(KeyboardInterrupt), turns(tmp_path, fake).turn(patience=100.0):
        raise KeyboardInterrupt
    take(turns(tmp_path, fake))
    assert sum(fake.slept) == pytest.approx(3.0, abs=0.1)


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe\0", b"{}", b'{"ended": "soon"}', render_state(State(ended=0.0, asking=True)).encode()],
    ids=["empty", "bytes", "no keys", "words", "died while asking"],
)
def test_a_state_that_tells_nothing_is_taken_for_a_request_just_ended(tmp_path, content):
    (tmp_path / "x.pace").write_bytes(content)
    fake = FakeTime()
    take(turns(tmp_path, fake))
    assert sum(fake.slept) == pytest.approx(3.0, abs=0.1)


def test_a_clock_set_back_by_years_waits_the_delay_only(tmp_path):
    fake = FakeTime()
    take(turns(tmp_path, fake))
    clock = fake.clock
    back = Clock(
        wall=lambda: clock.wall() - 1e8, monotonic=clock.monotonic, sleep=clock.sleep, chance=clock.chance
    )
    take(turns(tmp_path, fake, clock=back))
    assert sum(fake.slept) == pytest.approx(3.0, abs=0.1)


def test_a_clock_set_ahead_shortens_no_wait_of_the_same_process(tmp_path):
    fake = FakeTime()
    jump = 0.0
    clock = fake.clock
    jumping = Clock(
        wall=lambda: clock.wall() + jump, monotonic=clock.monotonic, sleep=clock.sleep, chance=clock.chance
    )
    pace = turns(tmp_path, fake, clock=jumping)
    take(pace)
    jump = 1e6
    take(pace)
    assert sum(fake.slept) == pytest.approx(3.0, abs=0.1)


def test_quiet_is_waited_for_or_refused(tmp_path):
    fake = FakeTime()
    take(turns(tmp_path, fake), quiet=50.0)
    with pytest.raises(QuietError) as caught:
        take(turns(tmp_path, fake), patience=49.0)
    assert caught.value.seconds == pytest.approx(50.0, abs=0.5)
    assert fake.slept == []
    with turns(tmp_path, fake).turn(patience=51.0) as turn:
        assert turn.queued < 1, "what the service asked for is not queueing"
    assert sum(fake.slept) == pytest.approx(50.0, abs=0.5)


def test_services_have_turns_of_their_own(tmp_path):
    fake = FakeTime()
    take(turns(tmp_path, fake), quiet=50.0)
    take(Pace(tmp_path, "y", delay=3.0, clock=fake.clock, tell=lambda _: None))
    assert fake.slept == []


def test_a_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(UsageError) as caught:
        take(turns(tmp_path / "file", FakeTime()))
    assert caught.value.problem.code == "cache-folder"
    assert "BIBTOOLS_CACHE_DIR" in caught.value.problem.hint


@pytest.mark.parametrize("name", ["x.pace", "x.lock"])
def test_files_that_are_folders(tmp_path, name):
    (tmp_path / name).mkdir()
    with pytest.raises(UsageError):
        take(turns(tmp_path, FakeTime()))


# several processes


def test_a_process_that_hangs_is_not_waited_for_beyond_patience(tmp_path, monkeypatch):
    monkeypatch.setattr(pace_module, "_LOOK", 0.05)
    told = []
    with FileLock(tmp_path / "x.lock"), pytest.raises(QueueError):
        take(turns(tmp_path, FakeTime(), tell=told.append), patience=0.2)
    assert {step.kind for step in told} == {"queueing"}


def test_processes_that_get_on_are_waited_for(tmp_path, monkeypatch):
    """As long as the state file changes, others are being served: that is queueing, no fault."""
    monkeypatch.setattr(pace_module, "_LOOK", 0.05)
    lock = FileLock(tmp_path / "x.lock", thread_local=False)
    lock.acquire()

    def others():
        for number in range(12):
            time.sleep(0.05)
            (tmp_path / "x.pace").write_text(render_state(State(ended=float(number), asking=True)))
        (tmp_path / "x.pace").write_text(render_state(State(ended=0.0)))
        lock.release()

    thread = threading.Thread(target=others)
    thread.start()
    start = time.monotonic()
    with turns(tmp_path, FakeTime()).turn(patience=0.2) as turn:
        assert time.monotonic() - start > 0.5
        assert turn.queued > 0.5
    thread.join()


DELAY = 0.2


def ask_some(url, folder, numbers, start):
    start.wait()
    client = Client(
        url=url, delay=DELAY, timeout=10.0, patience=20.0, contact="", version="1", cache=Cache(folder),
        state_folder=folder,
    )  # fmt: skip
    for number in numbers:
        assert len(client.ask(ids(f"2401.{number:05d}")).records) == 1


def test_four_processes_never_ask_at_once_nor_too_soon(tmp_path):
    complaints = []
    context = multiprocessing.get_context("spawn")
    start = context.Event()
    with Standin([paper(number) for number in range(12)], delay=DELAY, log=complaints.append) as standin:
        standin.fault("throttled", times=1, retry_after="1", when=lambda params: params["id_list"].endswith("7"))
        processes = [
            context.Process(target=ask_some, args=(standin.url, tmp_path, range(first, 12, 4), start))
            for first in range(4)
        ]
        with ended(processes):
            start.set()
            for process in processes:
                process.join(60)
                assert process.exitcode == 0
        seen = standin.requests
    assert complaints == []
    assert len(seen) == 13
    for earlier, later in itertools.pairwise(seen):
        assert later.started - earlier.ended >= (1.0 if earlier.status == 429 else DELAY)


def run_client(url, folder, query, **options):
    """A process that asks and prints what it did, for a `with`."""
    settings = {"delay": 0.05, "timeout": 10.0, "patience": 10.0, **options}
    code = f"""
        from pathlib import Path
        from bibtools.cache import Cache
        from bibtools.client import Client
        from bibtools.errors import ServiceError
        from tests.client_bed import ids
        folder = Path({str(folder)!r})
        shared = {{"cache": Cache(folder), "state_folder": folder}}
        client = Client(url={url!r}, contact="", version="1", **shared, **{settings!r})
        try:
            print(len(client.ask(ids(*{query!r})).records), flush=True)
        except ServiceError as error:
            print(error.problem.code, flush=True)
    """
    command = [sys.executable, "-c", textwrap.dedent(code)]
    return started(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)


def said(running):
    with running as process:
        return process.stdout.read().strip()


def test_a_new_process_keeps_to_an_earlier_retry_after(tmp_path):
    with Standin(PAPERS) as standin:
        standin.fault("throttled", retry_after="2")
        assert said(run_client(standin.url, tmp_path, ["2401.00001"], patience=1.0)) == "arxiv-throttled"
        assert said(run_client(standin.url, tmp_path, ["2401.00001"], patience=0.5)) == "arxiv-throttled"
        assert len(standin.requests) == 1
        assert said(run_client(standin.url, tmp_path, ["2401.00001"])) == "1"
        first, second = standin.requests
        assert second.started - first.ended >= 2.0


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is a POSIX notion")
def test_kill_9_in_a_request_keeps_what_came_and_the_next_run_is_polite(tmp_path):
    delay = 0.5
    with Standin(PAPERS) as standin:
        standin.fault("hang", times=1, when=lambda params: "v1" in params["id_list"])
        query = ["2401.00001", "2401.00008", "2401.00008v1"]
        with run_client(standin.url, tmp_path, query, delay=delay) as process:
            while len(standin.requests) < 2:
                assert process.poll() is None
                time.sleep(0.01)
            process.send_signal(signal.SIGKILL)
            killed = time.monotonic()
        bed = Bed(standin, tmp_path)
        assert len(bed.client(offline=True).ask(ids("2401.00001", "2401.00008")).records) == 2
        assert len(bed.client(delay=delay, clock=Clock()).ask(ids(*query)).records) == 3
        assert [seen.params["id_list"] for seen in standin.requests[2:]] == ["2401.00008v1"]
        assert standin.requests[2].started - killed >= delay


def test_an_interrupt_while_waiting_leaves_nothing_locked(tmp_path):
    def interrupt(seconds):
        raise KeyboardInterrupt

    fake = FakeTime()
    take(turns(tmp_path, fake))
    clock = fake.clock
    impatient = Clock(wall=clock.wall, monotonic=clock.monotonic, sleep=interrupt, chance=clock.chance)
    with pytest.raises(KeyboardInterrupt):
        take(turns(tmp_path, fake, clock=impatient))
    with FileLock(tmp_path / "x.lock", timeout=0.1):
        pass


def test_a_queue_that_does_not_move_ends_with_a_message(tmp_path, monkeypatch):
    monkeypatch.setattr(pace_module, "_LOOK", 0.05)
    with Standin(Service(PAPERS)) as standin:
        bed = Bed(standin, tmp_path)
        name = f"127.0.0.1_{standin.url.split(':')[2].split('/')[0]}.lock"
        with FileLock(tmp_path / name), pytest.raises(ServiceError) as caught:
            bed.client(patience=0.2).ask(ids("2401.00001"))
        assert caught.value.problem.code == "arxiv-queue"
        assert standin.requests == []


def test_the_state_is_where_nothing_happened():
    assert State().wait(0.0, 3.0) == State().quiet(0.0) == 0.0
    assert State().ended == -math.inf
