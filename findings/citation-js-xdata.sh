#!/usr/bin/env bash
# citation-js 0.9.0 (npm: @citation-js/core, plugin-bibtex, plugin-csl): an @xdata entry is printed as a work, and
#   what it holds is missing from the book that names it.
#
# Expected: one reference, "Doe, A. (2001). Gardens. Green Press." An @xdata entry is a container for fields of other
#   entries and never in the bibliography itself (biblatex manual 3.18b, 3.14.6). crossref is followed.
# Seen: the book without its publisher, and after it the publisher as an undated work of nobody.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --loglevel=error --no-fund --no-audit --prefix . @citation-js/core@0.9.0 @citation-js/plugin-bibtex@0.9.0 @citation-js/plugin-csl@0.9.0 > npm.log

cat > works.bib <<'EOF'
@xdata{green, publisher = {Green Press}}
@book{gardens, author = {Doe, Ann}, title = {Gardens}, xdata = {green}, date = {2001}}
EOF
cat > run.js <<'EOF'
const { Cite } = require('@citation-js/core');
require('@citation-js/plugin-bibtex');
require('@citation-js/plugin-csl');
const works = new Cite(require('fs').readFileSync('works.bib', 'utf8'));
console.log(works.format('bibliography', { template: 'apa' }).trim().split('\n').join(' | '));
EOF
seen=$(node run.js)
printf 'seen:     %s\n' "$seen"
printf 'expected: %s\n' 'Doe, A. (2001). Gardens. Green Press.'
[ "$seen" = 'Doe, A. (2001). Gardens. | (N.d.). Green Press.' ]
