"""`python -m bibtools`."""

from bibtools.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
