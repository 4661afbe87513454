#!/usr/bin/env bash
# citation-js 0.9.0 (npm: @citation-js/core, plugin-bibtex): the arXiv id of an entry is lost, also from biblatex to
#   biblatex.
#
# Expected: the entry still says eprint = {2001.00001}. The biblatex manual (3.18b, 3.14.7) has eprint and eprinttype
#   for it, and for a preprint they are all there is to find it by.
# Seen: date, title and author are written again, eprint is not; the CSL-JSON has it in no field.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --loglevel=error --no-fund --no-audit --prefix . @citation-js/core@0.9.0 @citation-js/plugin-bibtex@0.9.0 > npm.log

cat > works.bib <<'EOF'
@online{palms, author = {Doe, Ann}, title = {Palms}, date = {2020}, eprint = {2001.00001}, eprinttype = {arxiv}}
EOF
cat > run.js <<'EOF'
const { Cite } = require('@citation-js/core');
require('@citation-js/plugin-bibtex');
const works = new Cite(require('fs').readFileSync('works.bib', 'utf8'));
console.log(works.format('biblatex').replace(/\s+/g, ' ').trim(), JSON.stringify(works.format('data')).includes('2001.00001'));
EOF
seen=$(node run.js)
printf 'seen:     %s\n' "$seen"
printf 'expected: %s\n' '@online{palms, author = {Doe, Ann}, date = {2020}, eprint = {2001.00001}, eprinttype = {arxiv}, title = {Palms}, } true'
[ "$seen" = '@online{palms, author = {Doe, Ann}, date = {2020}, title = {Palms}, } false' ]
