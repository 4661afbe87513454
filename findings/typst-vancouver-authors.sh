#!/usr/bin/env bash
# Typst 0.15.2 (PyPI: typst): the style "vancouver" leaves out the authors of every work.
#
# Expected: "Doe A. Gardens. ..." as Typst 0.14.9 prints it.
# Seen: the reference begins with the title. "nlm-citation-sequence" does the same; "ieee", "apa" and others print the
#   author. It makes no difference whether the works come from a .yml (as here) or from a .bib.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check typst==0.15.2

cat > works.yml <<'EOF'
gardens:
  type: article
  title: Gardens
  author: ["Doe, Ann"]
  date: 2001
  page-range: 11-19
  parent: { type: periodical, title: Journal of Gardens, volume: 3 }
EOF
printf '#bibliography("works.yml", style: "vancouver", title: none, full: true)\n' > main.typ
seen=$(venv/bin/python - <<'EOF'
import html, re, typst
page = typst.compile("main.typ", format="html").decode().partition("<body>")[2]
print(" ".join(html.unescape(re.sub("<[^>]+>", "", page)).split()))
EOF
)
printf 'seen:     %s\n' "$seen"
printf 'expected: %s\n' '1. Doe A. Gardens. Journal of Gardens. 2001;3:11–9.'
[ "$seen" = '1. Gardens. Journal of Gardens. 2001 ;3:11–9.' ]
