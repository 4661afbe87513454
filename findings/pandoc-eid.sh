#!/usr/bin/env bash
# pandoc 3.9 (PyPI: pypandoc_binary 1.17): the article number of a biblatex entry is dropped.
#
# Expected: "number": "045011". biblatex (manual 3.18b, 2.2.2) has eid for the number that replaces pages in a journal
#   without page numbers; CSL 1.0.2 has "number" for the number of an item.
# Seen: the CSL-JSON has it in no field, so no style can print it, and the paper cannot be found in its volume.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check pypandoc_binary==1.17

pandoc=$(venv/bin/python -c 'import pypandoc; print(pypandoc.get_pandoc_path())')
"$pandoc" --version | head -n 1
cat > works.bib <<'EOF'
@article{stems, author = {Doe, Ann}, title = {Stems}, journaltitle = {Journal of Gardens}, date = {2001}, volume = {3}, eid = {045011}}
EOF
seen=$("$pandoc" -f biblatex -t csljson works.bib | venv/bin/python -c 'import json, sys; print(json.dumps(json.load(sys.stdin)[0], sort_keys=True))')
printf 'seen:     %s\n' "$seen"
printf 'expected: %s\n' '{"author": [{"family": "Doe", "given": "Ann"}], "container-title": "Journal of Gardens", "id": "stems", "issued": {"date-parts": [[2001]]}, "number": "045011", "title": "Stems", "type": "article-journal", "volume": "3"}'
[ "$seen" = '{"author": [{"family": "Doe", "given": "Ann"}], "container-title": "Journal of Gardens", "id": "stems", "issued": {"date-parts": [[2001]]}, "title": "Stems", "type": "article-journal", "volume": "3"}' ]
