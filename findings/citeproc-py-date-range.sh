#!/usr/bin/env bash
# citeproc-py 0.11.1 (PyPI; with lxml 6.1.3): the date of a double issue loses its year.
#
# Expected: "Trees. 2004." The item is dated May to July 2004, and the style prints the year; the two ends of a range
#   share what does not differ (CSL 1.0.2 specification, Date Ranges).
# Seen: no date at all. A range over two years is printed.
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
    <text variable="title"/><date variable="issued"><date-part name="year"/></date>
  </group></layout></bibliography>
</style>
EOF
seen=$(venv/bin/python - 2>&1 <<'EOF'
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
item = {"id": "trees", "type": "article-journal", "title": "Trees", "issued": {"date-parts": [[2004, 5], [2004, 7]]}}
style = CitationStylesStyle("small.csl", validate=False)
works = CitationStylesBibliography(style, CiteProcJSON([item]), formatter.plain)
works.register(Citation([CitationItem(item["id"])]))
print(*works.bibliography())
EOF
)
printf 'seen:     %s\n' "$seen"
printf 'expected: %s\n' 'Trees. 2004.'
[ "$seen" = 'Trees.' ]
