#!/usr/bin/env bash
# pybtex 0.26.1 (PyPI; with latexcodec 3.0.1): from BibTeX to BibTeX an escaped ampersand is escaped once more.
#
# Expected: \&, as it stands: the value is LaTeX when it is read and LaTeX when it is written.
# Seen: \\&, in LaTeX the end of a line and then the mark of a table column, at which LaTeX stops. \%, \_ and \# fare
#   the same, and one more conversion adds one more backslash.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check pybtex==0.26.1 latexcodec==3.0.1

cat > works.bib <<'EOF'
@book{gardens, author = {Doe, Ann}, title = {Gardens}, publisher = {Green \& Sons}, year = {2001}}
EOF
venv/bin/pybtex-convert works.bib again.bib
seen=$(grep -o 'publisher = .*' again.bib)
printf 'seen:     %s\n' "$seen"
printf 'expected: %s\n' 'publisher = "Green \& Sons",'
[ "$seen" = 'publisher = "Green \\& Sons",' ]
