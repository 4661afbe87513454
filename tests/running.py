"""Running the program as a user does, in process: arguments and a folder in, exit code and output back."""

from __future__ import annotations

import io
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from bibtools.cli import main

REPOSITORY = Path(__file__).parent.parent


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str

    @property
    def document(self):
        return json.loads(self.out)

    @property
    def summary(self):
        return self.err.splitlines()[-1]


class Runner:
    """Runs commands in a folder of its own; `environment` is added to the process's."""

    def __init__(self, folder, monkeypatch, capfdbinary):
        self.folder, self.monkeypatch, self.capture = folder, monkeypatch, capfdbinary

    def __call__(self, *arguments, stdin=b"", code=0):
        """Run, and insist on the exit code (None: any)."""
        self.monkeypatch.chdir(self.folder)
        self.monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        self.capture.readouterr()
        ended = main([str(argument) for argument in arguments])
        sys.stdout.flush()
        sys.stderr.flush()
        out, err = self.capture.readouterr()
        ran = Ran(ended, out.decode("utf-8"), err.decode("utf-8"))
        assert code is None or ended == code, f"exit code {ended}\n{ran.out}\n{ran.err}"
        return ran

    def serve(self, standin):
        """Ask this server from now on, without waiting between requests."""
        self.monkeypatch.setenv("BIBTOOLS_ARXIV_URL", standin.url)
        self.monkeypatch.setenv("BIBTOOLS_ARXIV_DELAY", "0")

    def forget(self):
        """Begin with an empty cache."""
        cache = Path(os.environ["BIBTOOLS_CACHE_DIR"])
        self.monkeypatch.setenv("BIBTOOLS_CACHE_DIR", str(cache.with_name(cache.name + "-next")))

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return path

    def read(self, name):
        return (self.folder / name).read_bytes().decode("utf-8")

    def files(self):
        """Every file's bytes and time stamp: what a run may have touched."""
        paths = sorted(path for path in self.folder.rglob("*") if path.is_file())
        return {str(p.relative_to(self.folder)): (p.read_bytes(), p.stat().st_mtime_ns) for p in paths}
