#!/usr/bin/env bash
# biblatex-csl-converter 3.2.2 (npm; 3.6.0, which needs a newer Node, does the same): the number of a journal becomes
#   a number in a series.
#
# Expected: "issue": "2". biblatex (manual 3.18b, 2.2.2 and 2.3.11) keeps the issue of a journal in number; in CSL
#   1.0.2 (Appendix IV) that is "issue", and "collection-number" is the number of a book in its series.
# Seen: "collection-number": "2" and no "issue", so a style has no issue to print.
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
console.log(JSON.stringify(Object.values(written)[0], ["volume", "issue", "collection-number"]))
EOF
seen=$(node run.mjs)
printf 'seen:     %s\n' "$seen"
printf 'expected: %s\n' '{"volume":"3","issue":"2"}'
[ "$seen" = '{"volume":"3","collection-number":"2"}' ]
