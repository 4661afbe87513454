"""What a sync saw when it had nothing to do, kept so that the next one can tell by looking at the same places.

A stamp is a digest over every place whose state decides what a sync does: settings, lock, targets, sources (bytes,
not times: a checkout within one second would deceive those), the environment and the program itself. With it stand
the places, and what the run said. A run that finds the digest unchanged says the same again and is done; anything
else, a damaged stamp too, is a full run.

This module is read at every start: it imports nothing that takes a noticeable time.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys

from bibtools import __version__

TYPE_CHECKING = False  # typing's own costs milliseconds
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

FOLDER = "stamps"
FILE = 0  # depths of a place: the file itself, all folders below, or that many levels as a glob sees them
BELOW = -1
ANY_LEVEL = 1_000_000
MAX_ENTRIES = 20_000  # names; looking at more than these is no quicker than a full run
MAX_BYTES = 64 * 1024 * 1024
_FORMAT = b"1"


class UnsureError(ValueError):
    """The places cannot be compared: whether anything changed is for a full run to find out."""


class Place:
    """A path from the project's root, how deep below it files count (`FILE`, `BELOW`, levels), and which ones.

    `endings` are suffixes in lower case; without any, every file counts. Hidden ones never do.
    """

    __slots__ = ("depth", "endings", "path")

    def __init__(self, path: str, depth: int = FILE, endings: tuple[str, ...] = ()) -> None:
        self.path, self.depth, self.endings = path, depth, endings


class Stamp:
    """`state` is the digest of the places, the rest what the run said; `unsettled`: with --strict it exits 1."""

    __slots__ = ("places", "state", "summary", "unsettled", "warnings")

    def __init__(
        self, *, state: str, places: tuple[Place, ...], unsettled: bool, summary: str, warnings: str
    ) -> None:
        self.state, self.places = state, places
        self.unsettled, self.summary, self.warnings = unsettled, summary, warnings


# --- the state of the places ------------------------------------------------------------------------------


class _Digest:
    """Collects parts, each with its length, so that no two lists of parts look alike; bounded."""

    def __init__(self) -> None:
        self._hash = hashlib.blake2b(digest_size=32)
        self._parts = self._bytes = 0

    def add(self, *parts: bytes) -> None:
        for part in parts:
            self._hash.update(b"%d:" % len(part))
            self._hash.update(part)
            self._bytes += len(part)
        self._parts += 1
        if self._parts > MAX_ENTRIES or self._bytes > MAX_BYTES:
            raise UnsureError("too much to look at")

    def add_file(self, path: str, name: str, status: os.stat_result) -> None:
        if not stat.S_ISREG(status.st_mode):
            raise UnsureError(f"{name} is no regular file")
        if status.st_size > MAX_BYTES:
            raise UnsureError(f"{name} is too large")
        with open(path, "rb", buffering=0) as file:
            self.add(b"file", os.fsencode(name), file.read())

    def hexdigest(self) -> str:
        return self._hash.hexdigest()


def observe(root: str, places: Iterable[Place], environ: Mapping[str, str]) -> str:
    """The digest of program, environment and places. OSError or UnsureError where it cannot be told."""
    digest = _Digest()
    for part in _program(environ):
        digest.add(b"program", os.fsencode(part))
    for place in places:
        path = os.path.join(root, place.path)
        # A link that leads elsewhere may make a source of what was none, whatever the bytes are.
        digest.add(b"place", os.fsencode(place.path), os.fsencode(os.path.realpath(path)))
        try:
            status = os.stat(path)
        except (FileNotFoundError, NotADirectoryError):
            digest.add(b"absent")
            continue
        if not stat.S_ISDIR(status.st_mode):
            digest.add_file(path, place.path, status)
        elif place.depth == FILE:
            digest.add(b"folder")
        else:
            _add_tree(digest, path, place)
    return digest.hexdigest()


def _add_tree(digest: _Digest, top: str, place: Place) -> None:
    pending = [(top, place.depth)]
    while pending:
        folder, depth = pending.pop()
        digest.add(b"folder", os.fsencode(folder))
        with os.scandir(folder) as found:
            entries = sorted(found, key=_name)
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir():
                if not entry.is_symlink():
                    if depth != 1:
                        pending.append((entry.path, depth - 1))
                elif place.depth != BELOW:
                    raise UnsureError(f"{entry.path}: which links a glob follows depends on Python's version")
            elif not place.endings or entry.name.lower().endswith(place.endings):
                if entry.is_symlink():
                    digest.add(b"link", os.fsencode(os.path.realpath(entry.path)))
                digest.add_file(entry.path, entry.path, entry.stat())


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name


def _program(environ: Mapping[str, str]) -> Iterator[str]:
    """All that decides how this program behaves, but for the project: itself, what it uses, the environment."""
    yield __version__
    yield sys.version
    yield from sorted(f"{k}={v}" for k, v in environ.items() if k.startswith("BIBTOOLS_"))
    for folder in sys.path:
        if folder.endswith(("site-packages", "dist-packages")) and os.path.isdir(folder):
            yield f"{folder} {os.stat(folder).st_mtime_ns}"  # changes when any package comes, goes or changes
    pending = [os.path.dirname(os.path.dirname(os.path.abspath(__file__)))]
    while pending:
        with os.scandir(pending.pop()) as found:
            for entry in sorted(found, key=_name):
                if entry.is_dir():
                    if entry.name != "__pycache__":
                        pending.append(entry.path)
                else:
                    status = entry.stat()
                    yield f"{entry.path} {status.st_size} {status.st_mtime_ns}"


# --- where stamps are kept --------------------------------------------------------------------------------


def cache_folder(environ: Mapping[str, str]) -> str:
    """The user's cache folder, as `bibtools.cache` finds it, without platformdirs (18 ms)."""
    if named := environ.get("BIBTOOLS_CACHE_DIR"):
        return os.path.expanduser(named)
    if sys.platform == "win32":
        return os.path.join(
            environ.get("LOCALAPPDATA") or os.path.expanduser("~/AppData/Local"), "bibtools", "Cache"
        )
    if sys.platform == "darwin" and not environ.get("XDG_CACHE_HOME", "").strip():
        return os.path.expanduser("~/Library/Caches/bibtools")
    return os.path.join(environ.get("XDG_CACHE_HOME", "").strip() or os.path.expanduser("~/.cache"), "bibtools")


def file_of(root: str, environ: Mapping[str, str]) -> str:
    """Where the stamp of a project is kept. A relative root counts with its folder: messages show it as given."""
    place = root if os.path.isabs(root) else f"{os.getcwd()}\0{root}"
    name = hashlib.blake2b(os.fsencode(place), digest_size=16).hexdigest()
    return os.path.join(cache_folder(environ), FOLDER, name)


def parse(data: bytes) -> Stamp:
    """A stamp from its bytes; ValueError for any that :func:`render` did not write."""
    proof, _, body = data.partition(b"\0")
    if proof.decode("ascii") != hashlib.blake2b(body, digest_size=16).hexdigest():
        raise ValueError("not a stamp, or a damaged one")
    form, state, unsettled, summary, warnings, *flat = body.split(b"\0")
    if form != _FORMAT:
        raise ValueError("a stamp of another format")
    rows = zip(flat[0::3], flat[1::3], flat[2::3], strict=True)
    return Stamp(
        state=state.decode("ascii"),
        places=tuple(
            Place(os.fsdecode(p), int(d), tuple(os.fsdecode(e).split("|")) if e else ()) for p, d, e in rows
        ),
        unsettled=unsettled == b"1",
        summary=summary.decode("utf-8", "surrogatepass"),
        warnings=warnings.decode("utf-8", "surrogatepass"),
    )


def render(stamp: Stamp) -> bytes:
    """A stamp as bytes: its fields with NUL between them (no path holds one), behind a digest of them all."""
    fields = [_FORMAT, stamp.state.encode("ascii"), b"1" if stamp.unsettled else b"0"]
    fields += [text.encode("utf-8", "surrogatepass") for text in (stamp.summary, stamp.warnings)]
    for place in stamp.places:
        fields += [os.fsencode(place.path), b"%d" % place.depth, os.fsencode("|".join(place.endings))]
    body = b"\0".join(fields)
    return hashlib.blake2b(body, digest_size=16).hexdigest().encode("ascii") + b"\0" + body


def read(path: str) -> Stamp:
    """The stamp in a file; OSError or ValueError where there is none."""
    with open(path, "rb", buffering=0) as file:
        return parse(file.read())


def write(path: str, stamp: Stamp) -> None:
    """Keep a stamp in a file; OSError where that is not possible. One damaged by a crash is not believed."""
    os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
    beside = f"{path}.{os.getpid()}"
    with open(beside, "wb") as file:
        file.write(render(stamp))
    os.replace(beside, path)
