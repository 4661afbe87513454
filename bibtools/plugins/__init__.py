"""What bibtools adds to pybtex by entry points: writers, styles."""
