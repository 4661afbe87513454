#!/usr/bin/env bash
# pybtex 0.26.1 (PyPI; with latexcodec 3.0.1): its own styles do not follow crossref.
#
# Expected: "In Proceedings of Gardens, pages 1–2. Green Press, 2001." An entry inherits the fields that it lacks from
#   the one that its crossref names (btxdoc, 2.1), and pybtex does so when it runs a .bst.
# Seen: pybtex-format with the style "plain" of the same name stops: booktitle is missing. (From Python
#   Entry.fields["booktitle"] is a KeyError.)
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check pybtex==0.26.1 latexcodec==3.0.1

cat > works.bib <<'EOF'
@inproceedings{talk, author = {Doe, Ann}, title = {Talk}, crossref = {gardens}, pages = {1--2}}
@proceedings{gardens, title = {Proceedings of Gardens}, booktitle = {Proceedings of Gardens}, publisher = {Green Press}, year = {2001}}
EOF
seen=$(venv/bin/pybtex-format --style plain --output-backend plaintext works.bib works.txt 2>&1 || true)
printf 'seen:     %s\n' "$seen"
printf 'expected: %s\n' 'Ann Doe. Talk. In Proceedings of Gardens, pages 1–2. Green Press, 2001.'
[ "$seen" = 'ERROR: missing booktitle in talk' ]
