#!/usr/bin/env bash
# Typst 0.15.2 (PyPI: typst): a hyphen in a page-range that is a text, not a range, becomes an en dash.
#
# Expected: "arXiv:hep-th/0207001". Hayagriva's file format says of page-range "numeric or string"; this one is a
#   string.
# Seen: "arXiv:hep–th/0207001" with U+2013, so the identifier on the page can no longer be searched for or pasted.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check typst==0.15.2

cat > works.yml <<'EOF'
leaves:
  type: article
  title: Leaves
  author: ["Doe, Ann"]
  date: 2002
  page-range: "arXiv:hep-th/0207001"
  parent: { type: periodical, title: Preprints }
EOF
printf '#bibliography("works.yml", style: "apa", title: none, full: true)\n' > main.typ
seen=$(venv/bin/python - <<'EOF'
import html, re, typst
page = typst.compile("main.typ", format="html").decode().partition("<body>")[2]
print(" ".join(html.unescape(re.sub("<[^>]+>", "", page)).split()))
EOF
)
printf 'seen:     %s\n' "$seen"
printf 'expected: %s\n' 'Doe, A. (2002). Leaves. Preprints, arXiv:hep-th/0207001.'
[ "$seen" = 'Doe, A. (2002). Leaves. Preprints, arXiv:hep–th/0207001.' ]
