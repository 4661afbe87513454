#!/usr/bin/env bash
# Typst 0.15.2 (PyPI: typst): the university of a thesis in a .bib is not printed.
#
# Expected: "Doctoral dissertation, Green University, 2001". school is a required field of @phdthesis (btxdoc, 3.1),
#   as institution is of @thesis (biblatex manual 3.18b, 2.1.1), and the style prints the publisher of a thesis, which
#   in CSL is the university.
# Seen: "Doctoral dissertation, 2001". School and institution are read as Hayagriva's "organization", which is not
#   printed from a .yml either; "publisher: Green University" in a .yml is.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check typst==0.15.2

cat > works.bib <<'EOF'
@phdthesis{leaves, author = {Doe, Ann}, title = {Leaves}, school = {Green University}, year = {2001}}
EOF
printf '#bibliography("works.bib", style: "ieee", title: none, full: true)\n' > main.typ
seen=$(venv/bin/python - <<'EOF'
import html, re, typst
page = typst.compile("main.typ", format="html").decode().partition("<body>")[2]
print(" ".join(html.unescape(re.sub("<[^>]+>", "", page)).split()))
EOF
)
printf 'seen:     %s\n' "$seen"
printf 'expected: %s\n' '[1] A. Doe, “Leaves,” Doctoral dissertation, Green University, 2001.'
[ "$seen" = '[1] A. Doe, “Leaves,” Doctoral dissertation, 2001.' ]
