#!/usr/bin/env bash
# Typst 0.15.2 (PyPI: typst): the letter at the end of the name of a journal is put into lower case.
#
# Expected: "Journal of Gardens A". In title case a stop word such as "a" becomes lower case only inside a title, not
#   at its end (CSL 1.0.2 specification, Title Case Conversion); here it is the last, and it is the section of the
#   journal, not an article.
# Seen: "Journal of Gardens a" in "apa", "mla" and "chicago-author-date", as in Physical Review A; "ieee", which
#   changes no case, keeps it.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check typst==0.15.2

cat > works.bib <<'EOF'
@article{trees, author = {Doe, Ann}, title = {Trees}, journal = {Journal of Gardens A}, year = {2001}, volume = {5}, pages = {11--19}}
EOF
printf '#bibliography("works.bib", style: "apa", title: none, full: true)\n' > main.typ
seen=$(venv/bin/python - <<'EOF'
import html, re, typst
page = typst.compile("main.typ", format="html").decode().partition("<body>")[2]
print(" ".join(html.unescape(re.sub("<[^>]+>", "", page)).split()))
EOF
)
printf 'seen:     %s\n' "$seen"
printf 'expected: %s\n' 'Doe, A. (2001). Trees. Journal of Gardens A, 5, 11–19.'
[ "$seen" = 'Doe, A. (2001). Trees. Journal of Gardens a, 5, 11–19.' ]
