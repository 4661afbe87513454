#!/usr/bin/env bash
# pandoc 3.9 (PyPI: pypandoc_binary 1.17): a full date in RIS is lost, year and all.
#
# Expected: 2001-05-06. The RIS format (Reference Manager, tag Y1) gives a date as YYYY/MM/DD/other info.
# Seen: "issued" holds an empty list, and a reference made of it says "n.d.". A date that is a year alone is read.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check pypandoc_binary==1.17

pandoc=$(venv/bin/python -c 'import pypandoc; print(pypandoc.get_pandoc_path())')
"$pandoc" --version | head -n 1
printf '%s\n' 'TY  - JOUR' 'AU  - Doe, Ann' 'TI  - Roots' 'JO  - Journal of Gardens' 'Y1  - 2001/05/06/' 'ER  - ' > works.ris
seen=$("$pandoc" -f ris -t csljson works.ris | venv/bin/python -c 'import json, sys; print(json.dumps(json.load(sys.stdin)[0]["issued"]))')
printf 'seen:     %s\n' "$seen"
printf 'expected: %s\n' '{"date-parts": [[2001, 5, 6]]}'
[ "$seen" = '{"date-parts": []}' ]
