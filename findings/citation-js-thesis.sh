#!/usr/bin/env bash
# citation-js 0.9.0 (npm: @citation-js/core, plugin-bibtex): a @phdthesis that is read and written as BibTeX becomes a
#   @misc.
#
# Expected: @phdthesis. BibTeX's standard styles print the school of a @phdthesis; @misc (btxdoc, 3.1) has no field
#   school.
# Seen: @misc with type = {phdthesis} and a school that no standard style prints.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --loglevel=error --no-fund --no-audit --prefix . @citation-js/core@0.9.0 @citation-js/plugin-bibtex@0.9.0 > npm.log

cat > works.bib <<'EOF'
@phdthesis{leaves, author = {Doe, Ann}, title = {Leaves}, school = {Green University}, year = {2001}}
EOF
cat > run.js <<'EOF'
const { Cite } = require('@citation-js/core');
require('@citation-js/plugin-bibtex');
const works = new Cite(require('fs').readFileSync('works.bib', 'utf8'));
console.log(works.format('bibtex').trim().split('\n')[0], works.format('bibtex').match(/type = .*/)[0]);
EOF
seen=$(node run.js)
printf 'seen:     %s\n' "$seen"
printf 'expected: %s\n' '@phdthesis{leaves,'
[ "$seen" = '@misc{leaves, type = {phdthesis},' ]
