#!/usr/bin/env bash
# bibtexparser 2.1.0 (PyPI): strings joined with # are not joined.
#
# Expected: "Journal of Gardens, Series A". A value may be several strings joined with # (btxdoc, 2.1), and an
#   abbreviation alone (journal = jog) is resolved.
# Seen: the source text of the expression, as if it were the name of the journal, with nothing that tells it from a
#   value.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check bibtexparser==2.1.0

cat > works.bib <<'EOF'
@string{jog = {Journal of Gardens}}
@article{trees, author = {Doe, Ann}, title = {Trees}, journal = jog # {, Series A}, year = {2001}}
EOF
seen=$(venv/bin/python -c 'import bibtexparser; print(bibtexparser.parse_file("works.bib").entries[0]["journal"])')
printf 'seen:     %s\n' "$seen"
printf 'expected: %s\n' 'Journal of Gardens, Series A'
[ "$seen" = 'jog # {, Series A}' ]
