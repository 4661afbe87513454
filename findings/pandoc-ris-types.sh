#!/usr/bin/env bash
# pandoc 3.9 (PyPI: pypandoc_binary 1.17): RIS is read into types that CSL does not have.
#
# Expected: "manuscript" for UNPB, "motion_picture" for MPCT, "software" for COMP, "webpage" for ELEC: types of the
#   list in Appendix III of the CSL 1.0.2 specification, on which the styles decide what to print.
# Seen: "unpublished", "motion-picture" (with a hyphen), "program", "misc". None of them is in that list, so a style
#   takes them for nothing in particular.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check pypandoc_binary==1.17

pandoc=$(venv/bin/python -c 'import pypandoc; print(pypandoc.get_pandoc_path())')
"$pandoc" --version | head -n 1
for type in UNPB MPCT COMP ELEC; do
    printf '%s\n' "TY  - $type" "ID  - $type" 'AU  - Doe, Ann' 'TI  - Roots' 'PY  - 2001' 'ER  - ' ''
done > works.ris
seen=$("$pandoc" -f ris -t csljson works.ris | venv/bin/python -c 'import json, sys; print(*(i["id"] + "=" + i["type"] for i in json.load(sys.stdin)))')
printf 'seen:     %s\n' "$seen"
printf 'expected: %s\n' 'UNPB=manuscript MPCT=motion_picture COMP=software ELEC=webpage'
[ "$seen" = 'UNPB=unpublished MPCT=motion-picture COMP=program ELEC=misc' ]
