#!/usr/bin/env bash
# bibtex-tidy 1.14.0 (npm): --sort moves entries above the @string that they use.
#
# Expected: the @string stays above "ants". BibTeX 0.99d knows an abbreviation only from its @string on: of the file
#   as it is written here it says that "jog" is undefined, and prints no journal for "ants".
# Seen: the @string travels with the entry that happens to follow it. (`--sort=special,key` keeps it in front.)
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --loglevel=error --no-fund --no-audit --prefix . bibtex-tidy@1.14.0 > npm.log

cat > works.bib <<'EOF'
@string{jog = {Journal of Gardens}}
@article{zinnias, author = {Doe, Ann}, title = {Zinnias}, journal = jog, year = {2001}}
@article{ants, author = {Doe, Ann}, title = {Ants}, journal = jog, year = {2002}}
EOF
node_modules/.bin/bibtex-tidy works.bib --output tidy.bib --quiet --sort
seen=$(grep -o '^@[a-z]*{[a-z]*' tidy.bib | tr '\n' ' ')
printf 'seen:     %s\n' "$seen"
printf 'expected: %s\n' '@string{jog @article{ants @article{zinnias '
[ "$seen" = '@article{ants @string{jog @article{zinnias ' ]
