#!/usr/bin/env bash
# Typst 0.15.2 (PyPI: typst): a .bib date that is a season loses its year too.
#
# Expected: "(2004, Summer)", or at least "(2004)": the biblatex manual (3.18b, 2.3.8) lists date = {2004-22} as
#   summer 2004.
# Seen: "(n.d.)", and no word of it when the document is compiled.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check typst==0.15.2

cat > works.bib <<'EOF'
@article{leaves, author = {Doe, Ann}, title = {Leaves}, journaltitle = {Journal of Gardens}, date = {2004-22}, volume = {3}}
EOF
printf '#bibliography("works.bib", style: "apa", title: none, full: true)\n' > main.typ
seen=$(venv/bin/python - <<'EOF'
import html, re, typst
page = typst.compile("main.typ", format="html").decode().partition("<body>")[2]
print(" ".join(html.unescape(re.sub("<[^>]+>", "", page)).split()))
EOF
)
printf 'seen:     %s\n' "$seen"
printf 'expected: %s\n' 'Doe, A. (2004, Summer). Leaves. Journal of Gardens, 3.'
[ "$seen" = 'Doe, A. (n.d.). Leaves. Journal of Gardens, 3.' ]
