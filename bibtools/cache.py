"""The user's cache of answers: key → bytes with the time they were retrieved, in one SQLite file.

What a key or an answer means is the caller's business. Each `put` is one transaction, so a process that dies, even
by `kill -9`, loses nothing that was put before. Several processes may use the file at once.

A cache is never needed: whatever is wrong with it becomes a :class:`Problem`, and the run goes on without. A
damaged file is set aside under another name and a new one begun; a file of a newer bibtools is left alone.

The rollback journal is SQLite's default and stays: a write-ahead log would not work on network file systems, and
at one answer in three seconds there is nothing to gain from it.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bibtools.errors import Problem, UsageError

FILE_NAME = "answers.sqlite3"
SCHEMA = 1  # in SQLite's user_version; raised when the tables change
MAX_BYTES = 200 * 1024 * 1024
BUSY_SECONDS = 5.0  # how long a transaction waits for that of another process

_TABLES = """
CREATE TABLE IF NOT EXISTS answer (
    key TEXT PRIMARY KEY,
    retrieved REAL NOT NULL,   -- seconds since 1970, UTC
    body BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS answer_retrieved ON answer (retrieved);
"""
# A damaged file, no database at all, or one whose tables are not ours (SQLITE_ERROR: "no such column").
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR)


@dataclass(frozen=True, slots=True, kw_only=True)
class CacheInfo:
    """What is in a cache: number of answers, size in bytes on disk, oldest and newest retrieval (s since 1970)."""

    path: Path
    answers: int = 0
    size: int = 0
    oldest: float | None = None
    newest: float | None = None


def default_folder(environ: Mapping[str, str]) -> Path:
    """`BIBTOOLS_CACHE_DIR`, or the system's folder for caches of this user.

    UsageError (`environment`) where that is the home of nobody.
    """
    if named := environ.get("BIBTOOLS_CACHE_DIR"):
        try:
            return Path(named).expanduser()
        except RuntimeError as error:  # `~nobody`
            raise UsageError("environment", f"BIBTOOLS_CACHE_DIR: {error}") from None
    from platformdirs import user_cache_path

    return user_cache_path("bibtools", appauthor=False)


class Cache:
    """Answers kept in `folder`; `problems` collects what was wrong with it, each kind once."""

    def __init__(
        self,
        folder: Path,
        *,
        max_bytes: int = MAX_BYTES,
        busy_seconds: float = BUSY_SECONDS,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.path = folder / FILE_NAME
        self.problems: list[Problem] = []
        self._max_bytes, self._busy_seconds, self._clock = max_bytes, busy_seconds, clock
        self._connection: sqlite3.Connection | None = None
        self._identity: tuple[int, int] | None = None  # of the file that was opened
        self._usable = True

    def get(self, key: str, *, max_age: float | None = None) -> tuple[bytes, float] | None:
        """The answer kept under a key and when it was retrieved, unless it is older than `max_age` seconds.

        An answer from the future (the clock was set back) counts as old.
        """
        with self._guarded() as connection:
            if connection is None:
                return None
            row = connection.execute("SELECT body, retrieved FROM answer WHERE key = ?", (key,)).fetchone()
            if row is None or not isinstance(row[0], bytes) or not isinstance(row[1], float):
                return None
            age = self._clock() - row[1]
            if max_age is not None and not -1 <= age <= max_age:
                return None
            return row[0], row[1]
        return None

    def put(self, answers: Iterable[tuple[str, bytes]], *, retrieved: float) -> bool:
        """Keep answers under their keys, all or none, durable on return; False where that was not possible."""
        rows = [(key, retrieved, body) for key, body in answers]
        with self._guarded() as connection:
            if connection is None:
                return False
            with connection:
                connection.executemany("INSERT OR REPLACE INTO answer VALUES (?, ?, ?)", rows)
            self._evict(connection)
            return True
        return False

    def info(self) -> CacheInfo:
        """What is in it; an absent or unusable cache is empty."""
        with self._guarded(create=False) as connection:
            if connection is not None:
                row = connection.execute("SELECT count(*), min(retrieved), max(retrieved) FROM answer").fetchone()
                size = sum(file.stat().st_size for file in self._files())
                return CacheInfo(path=self.path, answers=row[0], size=size, oldest=row[1], newest=row[2])
        return CacheInfo(path=self.path)

    def clear(self) -> int:
        """Delete all answers, those in files set aside too; returns how many there were in the present file."""
        answers = self.info().answers
        self.close()
        try:
            for file in self._files():
                file.unlink(missing_ok=True)
        except OSError as error:
            self._report("cache-unusable", f"{self.path} cannot be deleted: {error.strerror or error}")
            return 0
        self._usable = True
        return answers

    def close(self) -> None:
        """Let go of the file; the next use opens it again."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _files(self) -> list[Path]:
        return sorted(self.path.parent.glob(f"{FILE_NAME}*"))

    @contextmanager
    def _guarded(self, *, create: bool = True) -> Iterator[sqlite3.Connection | None]:
        """The open file, or None; faults of SQLite and of the disk end the block and become problems."""
        connection = self._opened(create=create)
        try:
            yield connection
        except (sqlite3.Error, OSError) as error:
            self._fault(error)

    def _opened(self, *, create: bool) -> sqlite3.Connection | None:
        """The open file, a new one where that which is there is damaged; None where there is none to use."""
        for _ in range(2):
            if self._connection is not None or not self._usable:
                break
            try:
                if not create and not self.path.exists():
                    break
                self._connection = self._open()
            except (sqlite3.Error, OSError) as error:
                self._fault(error)
        return self._connection

    def _open(self) -> sqlite3.Connection | None:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        connection = sqlite3.connect(self.path, timeout=self._busy_seconds)
        try:
            self._identity = self._file_identity()
            usable = self._prepare(connection)
        except BaseException:
            connection.close()
            raise
        if not usable:
            connection.close()
            return None
        return connection

    def _prepare(self, connection: sqlite3.Connection) -> bool:
        if _schema(connection) < SCHEMA:
            with connection:
                connection.execute("BEGIN IMMEDIATE")
                if _schema(connection) < SCHEMA:  # unless another process was faster
                    connection.execute("DROP TABLE IF EXISTS answer")
                    for statement in _TABLES.split(";"):
                        connection.execute(statement)
                    connection.execute(f"PRAGMA user_version = {SCHEMA}")
        if _schema(connection) == SCHEMA:
            return True
        self._usable = False
        self._report("cache-newer", f"{self.path} was written by a newer bibtools and is not used")
        return False

    def _evict(self, connection: sqlite3.Connection) -> None:
        """Oldest answers go first, down to nine tenths of the limit."""
        pages, free, page_size = (
            connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("page_count", "freelist_count", "page_size")
        )
        excess = (pages - free) * page_size - self._max_bytes
        if excess <= 0:
            return
        excess += self._max_bytes // 10
        gone = []
        for key, length in connection.execute("SELECT key, length(body) FROM answer ORDER BY retrieved, key"):
            if excess <= 0:
                break
            gone.append((key,))
            excess -= length + len(key)
        with connection:
            connection.executemany("DELETE FROM answer WHERE key = ?", gone)

    def _fault(self, error: Exception) -> None:
        self.close()
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the primary code; absent in errors of Python's own
        if code in _DAMAGE and self._set_aside():
            return
        self._usable = False
        self._report("cache-unusable", f"{self.path} cannot be used: {error}")

    def _set_aside(self) -> bool:
        """Rename a damaged file; False where that is not possible or it was done before in this run."""
        if any(problem.code == "cache-damaged" for problem in self.problems):
            return False
        stamp = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(self._clock()))
        aside = self.path.with_name(f"{FILE_NAME}.damaged-{stamp}")
        try:
            if self._file_identity() == self._identity:  # else another process has done it already
                self.path.replace(aside)
        except OSError:
            return False
        hint = f"it is kept as {aside.name}; delete it when you like"
        self._report("cache-damaged", f"{self.path} was damaged; a new cache is begun", hint)
        return True

    def _file_identity(self) -> tuple[int, int] | None:
        try:
            status = self.path.stat()
        except FileNotFoundError:
            return None
        return status.st_dev, status.st_ino

    def _report(self, code: str, message: str, hint: str | None = None) -> None:
        if all(problem.code != code for problem in self.problems):
            self.problems.append(Problem(severity="warning", code=code, message=message, hint=hint))


def _schema(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version
