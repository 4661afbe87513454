#!/usr/bin/env bash
# citation-js 0.9.0 (npm: @citation-js/core, plugin-bibtex): an exponent in a title is lost when it is written as
#   BibTeX again.
#
# Expected: $10^5$, or the same number in another way. A formula in a title is ordinary in BibTeX, whose styles pass
#   it to LaTeX as it is.
# Seen: "105 trees", another number. It is read rightly, as 10 with U+2075; the writer sets an ordinary 5 instead.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --loglevel=error --no-fund --no-audit --prefix . @citation-js/core@0.9.0 @citation-js/plugin-bibtex@0.9.0 > npm.log

cat > works.bib <<'EOF'
@article{oaks, author = {Doe, Ann}, title = {a survey of $10^5$ trees}, journal = {Journal of Gardens}, year = {2001}}
EOF
cat > run.js <<'EOF'
const { Cite } = require('@citation-js/core');
require('@citation-js/plugin-bibtex');
const works = new Cite(require('fs').readFileSync('works.bib', 'utf8'));
console.log(works.data[0].title, '->', works.format('bibtex').match(/title = .*/)[0]);
EOF
seen=$(node run.js)
printf 'seen:     %s\n' "$seen"
printf 'expected: %s\n' 'a survey of 10⁵ trees -> title = {a survey of 10\textsuperscript{5} trees},'
[ "$seen" = 'a survey of 10⁵ trees -> title = {a survey of 105 trees},' ]
