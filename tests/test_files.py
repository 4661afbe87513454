import os
import stat

import pytest

from bibtools import files
from bibtools.errors import NotWrittenError, UnusableFileError


def test_a_new_file_is_written_and_nothing_else_left(tmp_path):
    path = tmp_path / "deep" / "refs.bib"
    assert files.write(path, b"x", name="refs.bib", expected=None)
    assert path.read_bytes() == b"x"
    assert [p.name for p in path.parent.iterdir()] == ["refs.bib"]


def test_equal_bytes_are_not_written(tmp_path):
    path = tmp_path / "refs.bib"
    path.write_bytes(b"x")
    os.utime(path, ns=(1, 1))
    assert not files.write(path, b"x", name="refs.bib", expected=b"x")
    assert path.stat().st_mtime_ns == 1


def test_mode_and_symbolic_link_stay(tmp_path):
    real = tmp_path / "real.bib"
    real.write_bytes(b"old")
    real.chmod(0o640)
    link = tmp_path / "refs.bib"
    link.symlink_to(real)
    assert files.write(link, b"new", name="refs.bib", expected=b"old")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


@pytest.mark.parametrize(("there", "expected"), [(b"theirs", b"ours"), (None, b"ours"), (b"theirs", None)])
def test_a_file_that_changed_meanwhile_is_left_alone(tmp_path, there, expected):
    path = tmp_path / "refs.bib"
    if there is not None:
        path.write_bytes(there)
    with pytest.raises(NotWrittenError) as caught:
        files.write(path, b"new", name="refs.bib", expected=expected)
    assert caught.value.problem.code == "file-changed"
    assert (path.read_bytes() if path.exists() else None) == there


def test_a_read_only_file_is_refused(tmp_path, monkeypatch):
    path = tmp_path / "refs.bib"
    path.write_bytes(b"old")
    monkeypatch.setattr(files.os, "access", lambda p, mode: not (p == path and mode == os.W_OK))
    with pytest.raises(NotWrittenError) as caught:
        files.write(path, b"new", name="refs.bib", expected=b"old")
    assert caught.value.problem.code == "file-read-only"
    assert path.read_bytes() == b"old"


def test_where_no_new_file_can_be_made_it_is_written_in_place(tmp_path, monkeypatch):
    path = tmp_path / "refs.bib"
    path.write_bytes(b"long old text")
    inode = path.stat().st_ino
    monkeypatch.setattr(files.os, "access", lambda p, mode: p != path.parent)
    assert files.write(path, b"new", name="refs.bib", expected=b"long old text")
    assert (path.read_bytes(), path.stat().st_ino) == (b"new", inode)


def test_a_failing_write_leaves_the_file_and_no_litter(tmp_path, monkeypatch):
    path = tmp_path / "refs.bib"
    path.write_bytes(b"old")

    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(NotWrittenError, match="No space left"):
        files.write(path, b"new", name="refs.bib", expected=b"old")
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["refs.bib"]


def test_reading(tmp_path):
    path = tmp_path / "notes.txt"
    assert files.read_if_there(path, name="notes.txt") is None
    path.write_bytes(b"x")
    assert files.read(path, name="notes.txt") == b"x"
    with pytest.raises(UnusableFileError) as caught:
        files.read(tmp_path, name="folder")
    assert caught.value.problem.code == "file-unreadable"
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    with pytest.raises(UnusableFileError):
        files.read_if_there(tmp_path / "dangling", name="dangling")
