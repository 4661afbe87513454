#!/usr/bin/env bash
# bibtex-tidy 1.14.0 (npm): --encode-urls puts a backslash into an address that was valid.
#
# Expected: the address as it stands. The help says that invalid characters are encoded; "_" is one of the characters
#   that need no encoding (RFC 3986, 2.3: unreserved).
# Seen: "_" becomes "%5F" and its percent sign then "\%". biblatex takes url verbatim (manual 3.18b, 2.2.1), so the
#   backslash is part of the link.
set -eu

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --loglevel=error --no-fund --no-audit --prefix . bibtex-tidy@1.14.0 > npm.log

cat > works.bib <<'EOF'
@online{palms, author = {Doe, Ann}, title = {Palms}, date = {2001}, url = {https://example.org/palm_trees}}
EOF
node_modules/.bin/bibtex-tidy works.bib --output tidy.bib --quiet --encode-urls
seen=$(grep -o 'https.*}' tidy.bib)
printf 'seen:     %s\n' "$seen"
printf 'expected: %s\n' 'https://example.org/palm_trees}'
[ "$seen" = 'https://example.org/palm\%5Ftrees}' ]
