"""CSL: entries as items of citeproc processors, and back."""
