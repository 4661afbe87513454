#!/usr/bin/env bash
# citation-js 0.9.0 (npm: @citation-js/core, plugin-bibtex): of two publishers only the first is written.
#
# Expected: a text, "Green Press and Blue Press" or the like. The biblatex manual (3.18b, 2.3.4) divides publisher at
#   "and"; in CSL-JSON (csl-data.json) publisher is a string.
# Seen: the data holds a list, which is not CSL-JSON, and what is written from it, BibTeX or a formatted reference,
#   has the first publisher alone.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --loglevel=error --no-fund --no-audit --prefix . @citation-js/core@0.9.0 @citation-js/plugin-bibtex@0.9.0 > npm.log

cat > works.bib <<'EOF'
@book{gardens, author = {Doe, Ann}, title = {Gardens}, publisher = {Green Press and Blue Press}, date = {2001}}
EOF
cat > run.js <<'EOF'
const { Cite } = require('@citation-js/core');
require('@citation-js/plugin-bibtex');
const works = new Cite(require('fs').readFileSync('works.bib', 'utf8'));
console.log(JSON.stringify(works.data[0].publisher), works.format('bibtex').match(/publisher = .*/)[0]);
EOF
seen=$(node run.js)
printf 'seen:     %s\n' "$seen"
printf 'expected: %s\n' '"Green Press and Blue Press" publisher = {Green Press and Blue Press},'
[ "$seen" = '["Green Press","Blue Press"] publisher = {Green Press},' ]
