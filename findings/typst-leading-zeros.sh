#!/usr/bin/env bash
# Typst 0.15.2 (PyPI: typst): the leading zeros of a page number in a .bib are lost.
#
# Expected: "p. 012", as the entry has it. Journals such as JHEP count the papers of an issue 001, 002, ... and this
#   number is what one searches for. The biblatex manual (3.18b, 2.2.1) calls pages a range field, not a number: only
#   its dashes are normalised.
# Seen: "p. 12". In a .yml `page-range: "012"` is printed as it stands.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check typst==0.15.2

cat > works.bib <<'EOF'
@article{trees, author = {Doe, Ann}, title = {Trees}, journal = {Journal of Gardens}, year = {2001}, volume = {5}, pages = {012}}
EOF
printf '#bibliography("works.bib", style: "ieee", title: none, full: true)\n' > main.typ
seen=$(venv/bin/python - <<'EOF'
import html, re, typst
page = typst.compile("main.typ", format="html").decode().partition("<body>")[2]
print(" ".join(html.unescape(re.sub("<[^>]+>", "", page)).split()))
EOF
)
printf 'seen:     %s\n' "$seen"
printf 'expected: %s\n' '[1] A. Doe, “Trees,” Journal of Gardens, vol. 5, p. 012, 2001.'
[ "$seen" = '[1] A. Doe, “Trees,” Journal of Gardens, vol. 5, p. 12, 2001.' ]
