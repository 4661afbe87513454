"""bibtools: from notes about papers to a bibliography, kept current."""

__version__ = "0.1.0"
