#!/usr/bin/env bash
# biblatex-csl-converter 3.2.2 (npm; 3.6.0, which needs a newer Node, does the same): a chapter takes over the
#   subtitle of its book as its own.
#
# Expected: the chapter has booksubtitle = {A Study} and no subtitle. So says the table of inheritance in the biblatex
#   manual (3.18b, Appendix B): from book to inbook title is booktitle and subtitle is booksubtitle.
# Seen: both, so that the chapter "Hedges" is printed as "Hedges. A Study". (The title itself is not taken over.)
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --loglevel=error --no-fund --no-audit --prefix . biblatex-csl-converter@3.2.2 > npm.log

cat > works.bib <<'EOF'
@inbook{hedges, author = {Doe, Ann}, title = {Hedges}, crossref = {gardens}}
@book{gardens, author = {Roe, Bob}, title = {Gardens}, subtitle = {A Study}, publisher = {Green Press}, date = {2001}}
EOF
cat > run.mjs <<'EOF'
import { readFileSync } from "node:fs"
import { BibLatexParser, BibLatexExporter } from "biblatex-csl-converter"
const read = new BibLatexParser(readFileSync("works.bib", "utf8")).parse()
const written = new BibLatexExporter(read.entries).parse()
console.log(written.slice(0, written.indexOf("}\n\n")).match(/(\S*title) = .*/g).join(" "))
EOF
seen=$(node run.mjs)
printf 'seen:     %s\n' "$seen"
printf 'expected: %s\n' 'title = {Hedges}, booktitle = {Gardens}, booksubtitle = {A Study}'
[ "$seen" = 'title = {Hedges}, subtitle = {A Study}, booktitle = {Gardens}, booksubtitle = {A Study}' ]
