#!/usr/bin/env bash
# citeproc-py 0.11.1 (PyPI; with lxml 6.1.3): editors that stand in for missing authors are printed a second time.
#
# Expected: "Roe. Gardens." Variables that were printed as a substitute are suppressed in the rest of the reference
#   (CSL 1.0.2 specification, Substitute).
# Seen: the editor in the place of the author and again where the style prints editors.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q --disable-pip-version-check citeproc-py==0.11.1 lxml==6.1.3

cat > small.csl <<'EOF'
<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0" default-locale="en-US">
  <info><title>Small</title><id>small</id><updated>2024-01-01T00:00:00+00:00</updated></info>
  <citation><layout><text variable="title"/></layout></citation>
  <bibliography><layout suffix="."><group delimiter=". ">
    <names variable="author"><name form="short"/><substitute><names variable="editor"/></substitute></names>
    <text variable="title"/>
    <names variable="editor" prefix="Edited by "><name form="short"/></names>
  </group></layout></bibliography>
</style>
EOF
seen=$(venv/bin/python - 2>&1 <<'EOF'
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
item = {"id": "gardens", "type": "book", "title": "Gardens", "editor": [{"family": "Roe", "given": "Bob"}]}
style = CitationStylesStyle("small.csl", validate=False)
works = CitationStylesBibliography(style, CiteProcJSON([item]), formatter.plain)
works.register(Citation([CitationItem(item["id"])]))
print(*works.bibliography())
EOF
)
printf 'seen:     %s\n' "$seen"
printf 'expected: %s\n' 'Roe. Gardens.'
[ "$seen" = 'Roe. Gardens. Edited by Roe.' ]
