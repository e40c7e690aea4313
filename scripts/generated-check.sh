#!/usr/bin/env bash
# Fails when committed generated code is not what its source gives today. It
# generates aside and compares, so that a check never changes the tree.
set -euo pipefail
cd "$(dirname "$0")/.."

templ=$(go tool -n templ)
fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT

# sources lists the files of that name where our own code lives.
sources() {
  find . \( -name .git -o -name node_modules -o -name testdata -o -path ./build -o -path ./out \) -prune \
    -o -name "$1" -print | sort
}

cp go.mod "$fresh/"
sources '*.templ' | while read -r file; do
  mkdir -p "$fresh/$(dirname "$file")"
  cp "$file" "$fresh/$file"
done
(cd "$fresh" && "$templ" generate -log-level error)

# Both lists together: a template without its code, and code without its template.
stale=$({ sources '*_templ.go'; cd "$fresh" && sources '*_templ.go'; } | sort -u | while read -r file; do
  cmp -s "$file" "$fresh/$file" || echo "$file"
done)
if [ -n "$stale" ]; then
  printf 'Generated code is not up to date. Run "make generate".\n%s\n' "$stale" >&2
  exit 1
fi
