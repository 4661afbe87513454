#!/usr/bin/env bash
# Typst 0.15.2 (PyPI: typst): the subtitle of a book in a .bib is not printed.
#
# Expected: "Gardens: A Study of Hedges". biblatex (manual 3.18b, 2.2.2) keeps the two halves of a title in title and
#   subtitle and prints them together.
# Seen: "Gardens".
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check typst==0.15.2

cat > works.bib <<'EOF'
@book{gardens, author = {Doe, Ann}, title = {Gardens}, subtitle = {A Study of Hedges}, publisher = {Green Press}, date = {2001}}
EOF
printf '#bibliography("works.bib", style: "ieee", title: none, full: true)\n' > main.typ
seen=$(venv/bin/python - <<'EOF'
import html, re, typst
page = typst.compile("main.typ", format="html").decode().partition("<body>")[2]
print(" ".join(html.unescape(re.sub("<[^>]+>", "", page)).split()))
EOF
)
printf 'seen:     %s\n' "$seen"
printf 'expected: %s\n' '[1] A. Doe, Gardens: A Study of Hedges. Green Press, 2001.'
[ "$seen" = '[1] A. Doe, Gardens. Green Press, 2001.' ]
