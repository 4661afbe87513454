#!/usr/bin/env bash
# bibtex-tidy 1.14.0 (npm): --drop-all-caps changes page numbers that begin with a letter.
#
# Expected: S101--S119. The help promises title case for values that are all capitals, such as the name of a journal;
#   a page number is a label and has no title case, and the biblatex manual (3.18b, 2.2.1) lets only the dashes of
#   pages change.
# Seen: S101--s119, a range whose ends no longer agree.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --loglevel=error --no-fund --no-audit --prefix . bibtex-tidy@1.14.0 > npm.log

cat > works.bib <<'EOF'
@article{trees, author = {Doe, Ann}, title = {Trees}, journal = {JOURNAL OF GARDENS}, year = {2001}, volume = {3}, pages = {S101--S119}}
EOF
node_modules/.bin/bibtex-tidy works.bib --output tidy.bib --quiet --drop-all-caps
seen=$(grep -o 'pages.*' tidy.bib)
printf 'seen:     %s\n' "$seen"
printf 'expected: %s\n' 'pages         = {S101--S119}'
[ "$seen" = 'pages         = {S101--s119}' ]
