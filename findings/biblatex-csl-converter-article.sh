#!/usr/bin/env bash
# biblatex-csl-converter 3.2.2 (npm; 3.6.0, which needs a newer Node, does the same): an article of a journal gets the
#   CSL type of a preprint.
#
# Expected: "article-journal". The CSL 1.0.2 specification (Appendix III) has "article" for works that are in no
#   journal, such as preprints, and styles print the one and the other in different ways.
# Seen: "article" for every @article, journal, volume and number or not.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --loglevel=error --no-fund --no-audit --prefix . biblatex-csl-converter@3.2.2 > npm.log

cat > works.bib <<'EOF'
@article{trees, author = {Doe, Ann}, title = {Trees}, journaltitle = {Journal of Garden Research}, date = {2001}, volume = {3}, number = {2}}
EOF
cat > run.mjs <<'EOF'
import { readFileSync } from "node:fs"
import { BibLatexParser, CSLExporter } from "biblatex-csl-converter"
const read = new BibLatexParser(readFileSync("works.bib", "utf8")).parse()
const written = new CSLExporter(read.entries).parse()
console.log(Object.values(written)[0].type)
EOF
seen=$(node run.mjs)
printf 'seen:     %s\n' "$seen"
printf 'expected: %s\n' 'article-journal'
[ "$seen" = 'article' ]
