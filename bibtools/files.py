"""Reading and, above all, writing files: the only module that changes anything on disk that is the user's.

Writing is atomic: a temporary file beside the target, flushed to the disk, takes its place in one step. An equal
result is not written at all, so time stamps stay.
"""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from bibtools.errors import NotWrittenError, Place, UnusableFileError

MAX_SIZE = 256 * 1024 * 1024  # bytes; no notes or bibliography are larger, a device file may be
_SHORT = 40  # characters of a file's name in that of its temporary file, which must not be too long either


def read(path: Path, *, name: str) -> bytes:
    """The bytes of a regular file; UnusableFileError (`file-unreadable`, `file-too-large`) otherwise."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnusableFileError("file-unreadable", "not a regular file", where=Place(file=name))
        if status.st_size > MAX_SIZE:
            raise UnusableFileError("file-too-large", f"over {MAX_SIZE >> 20} MiB", where=Place(file=name))
        return path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: no system has such a path
        raise UnusableFileError(
            "file-unreadable", f"cannot be read: {reason(error)}", where=Place(file=name)
        ) from None


def read_if_there(path: Path, *, name: str) -> bytes | None:
    """As :func:`read`, but None for a file that does not exist (a link that leads nowhere does)."""
    return None if kind(path) is None and not path.is_symlink() else read(path, name=name)


def kind(path: Path) -> Literal["file", "folder", "other"] | None:
    """What a path leads to, None for nothing; "other" also where that cannot be told, as reading it will say."""
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError):
        return "other"
    return "file" if stat.S_ISREG(mode) else "folder" if stat.S_ISDIR(mode) else "other"


def real(path: Path) -> Path:
    """The path that links lead to, as far as they lead anywhere: `Path.resolve` raises for links in a circle."""
    return Path(os.path.realpath(path))


def walk(folder: Path, failed: dict[str, str]) -> Iterator[tuple[str, list[str], list[str]]]:
    """As `os.walk` from the top down, at any depth; `failed` collects each folder that cannot be read, and why.

    (`os.walk` itself recurses up to Python 3.11.)
    """
    pending = [str(folder)]
    while pending:
        parent = pending.pop()
        folders: list[str] = []
        names: list[str] = []
        try:
            with os.scandir(parent) as found:
                for entry in found:
                    (folders if _is_folder(entry) else names).append(entry.name)
        except FileNotFoundError:  # gone meanwhile
            continue
        except OSError as error:
            failed[parent] = reason(error)
            continue
        yield parent, folders, names
        below = (os.path.join(parent, name) for name in reversed(folders))  # noqa: PTH118
        pending += [path for path in below if not os.path.islink(path)]  # noqa: PTH114


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def reason(error: Exception) -> str:
    """Why the system refused, in its words, without the path."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def write(path: Path, data: bytes, *, name: str, expected: bytes | None) -> bool:
    """Replace a file's bytes in one step; False, and nothing touched, where they are what they should be.

    `expected` are the bytes the new ones were made from (None: the file must not exist). NotWrittenError
    (`file-changed`, `file-read-only`, `file-not-written`) leaves the file as it was. A symbolic link stays one:
    the file behind it is replaced. Mode bits are kept.
    """
    try:
        target = real(path)
        current = read_if_there(target, name=name)
    except ValueError as error:
        raise _not_written("file-not-written", f"cannot be written: {reason(error)}", name) from None
    except UnusableFileError as error:
        raise not_written(error, name) from None
    if current != expected:
        hint = "run the command again"
        raise _not_written("file-changed", "changed while bibtools was working on it", name, hint)
    if current == data:
        return False
    if current is not None and not os.access(target, os.W_OK):
        raise _not_written("file-read-only", "is read-only", name, "make it writable first")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if os.access(target.parent, os.W_OK):
            _replace(target, data)
        else:
            _overwrite(target, data)
    except OSError as error:
        raise _not_written("file-not-written", f"cannot be written: {reason(error)}", name) from None
    return True


def not_written(error: UnusableFileError, name: str) -> NotWrittenError:
    """What cannot be read cannot be replaced either: what is in it would be lost."""
    why = error.problem.message.removeprefix("cannot be read: ")
    return _not_written("file-not-written", f"cannot be written: {why}", name)


def _not_written(code: str, message: str, name: str, hint: str | None = None) -> NotWrittenError:
    return NotWrittenError(code, message, where=Place(file=name), hint=hint)


def _replace(target: Path, data: bytes) -> None:
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else _default_mode()
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:_SHORT]}.", suffix=".tmp", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(mode)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _default_mode() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _sync_folder(folder: Path) -> None:
    """Make the new name durable too, where the system can (POSIX); elsewhere the rename is all there is."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _overwrite(target: Path, data: bytes) -> None:
    """In place, for a file in a folder where no new file can be made."""
    with target.open("r+b") as file:
        file.write(data)
        file.truncate()
        file.flush()
        os.fsync(file.fileno())
