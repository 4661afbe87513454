"""What bibtools adds to pybtex by entry points: readers, writers, styles."""
