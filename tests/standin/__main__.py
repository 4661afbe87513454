"""Run the stand-in by hand: `python -m tests.standin [--papers FILE] [--port N] [--delay SECONDS]`."""

from __future__ import annotations

import argparse
import sys
import threading

from tests.standin import Standin, load_papers, seed_papers


def main(arguments: list[str] | None = None, *, until: threading.Event | None = None) -> int:
    """Serve until interrupted; the address is the first line on standard output."""
    parser = argparse.ArgumentParser(prog="python -m tests.standin", description="A stand-in for the arXiv API.")
    parser.add_argument("--papers", help="a .json, .jsonl or .jsonl.gz of papers (default: the committed ones)")
    parser.add_argument("--port", type=int, default=0, help="the port on 127.0.0.1 (default: any free one)")
    parser.add_argument(
        "--delay",
        type=float,
        default=0.0,
        help="tell of requests closer than so many seconds to the answer before",
    )
    options = parser.parse_args(arguments)
    papers = load_papers(options.papers) if options.papers else seed_papers()
    with Standin(
        papers, port=options.port, delay=options.delay, log=lambda line: print(line, file=sys.stderr, flush=True)
    ) as standin:
        print(standin.url, flush=True)
        try:
            (until or threading.Event()).wait()
        except KeyboardInterrupt:
            return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
