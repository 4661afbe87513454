"""One module for each command: arguments in, words and exit code out."""
