#!/usr/bin/env bash
# Typst 0.15.2 (PyPI: typst): a list of pages in a .bib is printed without anything between its items.
#
# Expected: "pp. 11–19, 23–29". Both BibTeX (btxdoc, 3.2: "7,41,73--97") and the biblatex manual (3.18b, 2.2.1 and
#   pages in 2.2.2) have several ranges, divided by commas, in one field.
# Seen: "pp. 11–1923–29", which reads as one range from 11 to 1923. In a .yml `page-range: "11-19, 23-29"` is printed
#   with its comma.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check typst==0.15.2

cat > works.bib <<'EOF'
@article{stems, author = {Doe, Ann}, title = {Stems}, journal = {Journal of Gardens}, year = {2001}, volume = {3}, pages = {11--19, 23--29}}
EOF
printf '#bibliography("works.bib", style: "ieee", title: none, full: true)\n' > main.typ
seen=$(venv/bin/python - <<'EOF'
import html, re, typst
page = typst.compile("main.typ", format="html").decode().partition("<body>")[2]
print(" ".join(html.unescape(re.sub("<[^>]+>", "", page)).split()))
EOF
)
printf 'seen:     %s\n' "$seen"
printf 'expected: %s\n' '[1] A. Doe, “Stems,” Journal of Gardens, vol. 3, pp. 11–19, 23–29, 2001.'
[ "$seen" = '[1] A. Doe, “Stems,” Journal of Gardens, vol. 3, pp. 11–1923–29, 2001.' ]
