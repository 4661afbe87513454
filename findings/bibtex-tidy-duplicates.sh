#!/usr/bin/env bash
# bibtex-tidy 1.14.0 (npm): --duplicates takes works of two authors for one, and --merge then removes the second.
#
# Expected: both entries stay. The help says of "citation": entries whose author and title are the same; here the
#   authors are not, nor are journal, year and doi.
# Seen: the entry of Andrew Doe is gone, and with it the key that documents cite. Titles such as "Erratum" or
#   "Introduction" are shared by many.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --loglevel=error --no-fund --no-audit --prefix . bibtex-tidy@1.14.0 > npm.log

cat > works.bib <<'EOF'
@article{ann, author = {Doe, Ann}, title = {Erratum}, journal = {Journal of Gardens}, year = {2001}, volume = {3}, doi = {10.1234/a}}
@article{andrew, author = {Doe, Andrew}, title = {Erratum}, journal = {Journal of Trees}, year = {2009}, volume = {7}, doi = {10.1234/b}}
EOF
node_modules/.bin/bibtex-tidy works.bib --output tidy.bib --quiet --duplicates=citation --merge=first
seen=$(grep -o '^@.*' tidy.bib | tr '\n' ' ')
printf 'seen:     %s\n' "$seen"
printf 'expected: %s\n' '@article{ann, @article{andrew, '
[ "$seen" = '@article{ann, ' ]
