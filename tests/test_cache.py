"""The cache: what was put is there, whatever is wrong with it is a problem and never a crash."""

import multiprocessing
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from bibtools import cache as cache_module
from bibtools.cache import FILE_NAME, Cache, default_folder
from tests.children import ended, started

NOW = 1_000_000.0


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "cache"


def codes(cache):
    return [problem.code for problem in cache.problems]


def opened(folder, now=NOW, **options):
    return Cache(folder, clock=lambda: now, **options)


def test_what_was_put_is_there_for_a_later_run(folder):
    first = opened(folder)
    assert first.get("a") is None
    assert first.put([("a", b"1"), ("b", b"\0\xff")], retrieved=NOW)
    first.close()
    later = opened(folder)
    assert later.get("a") == (b"1", NOW)
    assert later.get("b") == (b"\0\xff", NOW)
    assert later.get("A") is None
    assert not later.problems


def test_a_later_answer_replaces_an_earlier_one(folder):
    cache = opened(folder)
    cache.put([("a", b"1")], retrieved=NOW)
    cache.put([("a", b"2")], retrieved=NOW + 1)
    assert cache.get("a") == (b"2", NOW + 1)
    assert cache.info().answers == 1


@pytest.mark.parametrize(
    ("age", "max_age", "found"),
    [
        (10, 10, True),
        (11, 10, False),
        (10**9, None, True),
        (0, 0, True),
        (-100, 10, False),
        (-100, None, True),
    ],
    ids=["as old as may be", "too old", "any age", "at once", "from the future", "from the future, any age"],
)
def test_age(folder, age, max_age, found):
    opened(folder).put([("a", b"1")], retrieved=NOW)
    assert (opened(folder, now=NOW + age).get("a", max_age=max_age) is not None) is found


def test_info_and_clear(folder):
    cache = opened(folder)
    assert cache.info() == cache_module.CacheInfo(path=folder / FILE_NAME)
    assert not folder.exists(), "looking makes no file"
    cache.put([("a", b"x" * 5000)], retrieved=NOW)
    cache.put([("b", b"y")], retrieved=NOW + 5)
    info = cache.info()
    assert (info.answers, info.oldest, info.newest) == (2, NOW, NOW + 5)
    assert info.size > 5000
    assert cache.clear() == 2
    assert list(folder.iterdir()) == []
    assert cache.get("a") is None
    assert cache.put([("a", b"1")], retrieved=NOW)
    assert cache.get("a") == (b"1", NOW)


def test_the_folder_is_the_users_alone(folder):
    opened(folder).put([("a", b"1")], retrieved=NOW)
    if os.name == "posix":
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_oldest_answers_go_first_when_it_is_full(folder):
    cache = opened(folder, max_bytes=200_000)
    for number in range(100):
        cache.put([(str(number), b"x" * 5_000)], retrieved=NOW + number)
    kept = [number for number in range(100) if cache.get(str(number))]
    assert kept == list(range(kept[0], 100))
    assert 20 <= len(kept) <= 40
    assert (folder / FILE_NAME).stat().st_size < 300_000


def spoil_header(path):
    path.write_bytes(b"this is not a database" * 100)


def spoil_middle(path):
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xa5" * (len(data) - 4096)
    path.write_bytes(bytes(data))


def cut_short(path):
    path.write_bytes(path.read_bytes()[:5000])


def other_tables(path):
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE answer")
        connection.execute("CREATE TABLE answer (something INTEGER)")
    connection.close()


@pytest.mark.parametrize("spoil", [spoil_header, spoil_middle, cut_short, other_tables])
@pytest.mark.parametrize("first", ["get", "put", "info"])
def test_a_damaged_file_is_set_aside(folder, spoil, first):
    cache = opened(folder)
    cache.put([(str(n), b"x" * 1000) for n in range(50)], retrieved=NOW)
    cache.close()
    spoil(folder / FILE_NAME)
    cache = opened(folder)
    if first == "get":
        assert cache.get("49") is None
    elif first == "info":
        assert cache.info().answers in (0, 50)
    cache.put([("new", b"1")], retrieved=NOW)
    cache.put([("newer", b"2")], retrieved=NOW)
    assert cache.get("newer") == (b"2", NOW)
    assert codes(cache) == ["cache-damaged"]
    assert len(list(folder.glob(f"{FILE_NAME}.damaged-*"))) == 1
    assert not opened(folder).problems
    cache.clear()
    assert list(folder.iterdir()) == []


def test_damage_that_comes_back_ends_the_use(folder):
    cache = opened(folder)
    for _ in range(2):
        folder.mkdir(exist_ok=True)
        spoil_header(folder / FILE_NAME)
        assert cache.get("a") is None
        cache.close()
    assert codes(cache) == ["cache-damaged", "cache-unusable"]
    assert not cache.put([("a", b"1")], retrieved=NOW)


def test_a_newer_bibtools_file_is_left_alone(folder):
    cache = opened(folder)
    cache.put([("a", b"1")], retrieved=NOW)
    cache.close()
    with sqlite3.connect(folder / FILE_NAME) as connection:
        connection.execute(f"PRAGMA user_version = {cache_module.SCHEMA + 1}")
    connection.close()
    before = (folder / FILE_NAME).read_bytes()
    cache = opened(folder)
    assert cache.get("a") is None
    assert not cache.put([("b", b"1")], retrieved=NOW)
    assert codes(cache) == ["cache-newer"]
    assert (folder / FILE_NAME).read_bytes() == before


def test_an_older_schema_begins_anew(folder):
    folder.mkdir()
    with sqlite3.connect(folder / FILE_NAME) as connection:
        connection.execute("CREATE TABLE answer (whatever)")
    connection.close()
    cache = opened(folder)
    assert cache.put([("a", b"1")], retrieved=NOW)
    assert cache.get("a") == (b"1", NOW)
    assert not cache.problems


def test_a_file_locked_for_too_long_is_gone_without(folder):
    opened(folder).put([("a", b"1")], retrieved=NOW)
    other = sqlite3.connect(folder / FILE_NAME)
    other.execute("BEGIN EXCLUSIVE")
    try:
        cache = opened(folder, busy_seconds=0.05)
        assert cache.get("a") is None
        assert not cache.put([("b", b"1")], retrieved=NOW)
        assert codes(cache) == ["cache-unusable"]
    finally:
        other.close()
    assert opened(folder).get("a") == (b"1", NOW)
    assert [file.name for file in folder.iterdir()] == [FILE_NAME]


def test_a_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    cache = opened(tmp_path / "file" / "cache")
    assert cache.get("a") is None
    assert not cache.put([("a", b"1")], retrieved=NOW)
    assert cache.info().answers == 0
    assert codes(cache) == ["cache-unusable"]


def test_a_folder_in_the_files_place(folder):
    (folder / FILE_NAME).mkdir(parents=True)
    cache = opened(folder)
    assert cache.get("a") is None
    assert codes(cache) == ["cache-unusable"]
    assert cache.clear() == 0


def test_two_processes_that_begin_at_once_do_not_undo_each_other(folder, monkeypatch):
    """The other one makes the tables and keeps an answer just after this one saw that there are none."""
    look = cache_module._schema

    def slow_look(connection):
        seen = look(connection)
        monkeypatch.setattr(cache_module, "_schema", look)
        opened(folder).put([("a", b"1")], retrieved=NOW)
        return seen

    monkeypatch.setattr(cache_module, "_schema", slow_look)
    cache = opened(folder)
    assert cache.get("a") == (b"1", NOW)
    assert not cache.problems


def write_many(folder, name, start):
    start.wait()
    cache = Cache(folder)
    for number in range(25):
        assert cache.put([(f"{name}{number}", name.encode() * 100)], retrieved=NOW)
        assert cache.get(f"{name}{number}") is not None
    assert not cache.problems


def test_four_processes_at_once(folder):
    context = multiprocessing.get_context("spawn")
    start = context.Event()
    processes = [context.Process(target=write_many, args=(folder, name, start)) for name in "abcd"]
    with ended(processes):
        start.set()
        for process in processes:
            process.join(30)
            assert process.exitcode == 0
    assert opened(folder).info().answers == 100


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is a POSIX notion")
def test_what_was_put_survives_kill_9(folder):
    code = f"""
        import time
        from pathlib import Path
        from bibtools.cache import Cache
        cache = Cache(Path({str(folder)!r}))
        for number in range(10):
            cache.put([(str(number), b"x" * 1000)], retrieved={NOW})
        print("ready", flush=True)
        while True:
            cache.put([("more", b"y" * 100_000)], retrieved={NOW})
    """
    with started(
        [sys.executable, "-c", textwrap.dedent(code)],
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parent.parent,
    ) as process:
        assert process.stdout.readline() == b"ready\n"
        time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
    cache = opened(folder)
    assert all(cache.get(str(number)) for number in range(10))
    assert not cache.problems


@pytest.mark.parametrize(
    ("environ", "expected"),
    [({"BIBTOOLS_CACHE_DIR": "/x/y"}, "/x/y"), ({"BIBTOOLS_CACHE_DIR": "~/y"}, "~/y"), ({}, None)],
    ids=["named", "home", "system's"],
)
def test_default_folder(environ, expected):
    folder = default_folder(environ)
    assert folder.is_absolute()
    if expected:
        assert folder == Path(expected).expanduser()
    else:
        assert "bibtools" in folder.parts
