#!/usr/bin/env bash
# citation-js 0.9.0 (npm: @citation-js/core, plugin-bibtex): "and others" comes back as an author of the name
#   "others".
#
# Expected: author = {Doe, Ann and others}. Names that end so are a shortened list, which the styles print as "et al."
#   (btxdoc, 4; biblatex manual 3.18b, 2.2.1).
# Seen: {others} in braces, which BibTeX and biber take for a person or body of that name.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --loglevel=error --no-fund --no-audit --prefix . @citation-js/core@0.9.0 @citation-js/plugin-bibtex@0.9.0 > npm.log

cat > works.bib <<'EOF'
@article{pines, author = {Doe, Ann and others}, title = {Pines}, journal = {Journal of Gardens}, year = {2001}}
EOF
cat > run.js <<'EOF'
const { Cite } = require('@citation-js/core');
require('@citation-js/plugin-bibtex');
const works = new Cite(require('fs').readFileSync('works.bib', 'utf8'));
console.log(works.format('bibtex').match(/author = .*/)[0]);
EOF
seen=$(node run.js)
printf 'seen:     %s\n' "$seen"
printf 'expected: %s\n' 'author = {Doe, Ann and others},'
[ "$seen" = 'author = {Doe, Ann and {others}},' ]
