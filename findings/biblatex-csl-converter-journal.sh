#!/usr/bin/env bash
# biblatex-csl-converter 3.2.2 (npm; 3.6.0, which needs a newer Node, does the same): the name of a journal is put
#   into lower case.
#
# Expected: "Journal of Garden Research". The biblatex manual (3.18b, 2.2.2) has journaltitle as the name of a
#   journal, and only titles of works are put into sentence case by styles.
# Seen: "Journal of garden research".
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
console.log(Object.values(written)[0]["container-title"])
EOF
seen=$(node run.mjs)
printf 'seen:     %s\n' "$seen"
printf 'expected: %s\n' 'Journal of Garden Research'
[ "$seen" = 'Journal of garden research' ]
