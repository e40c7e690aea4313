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

# The queries are generated from the same migrations, into the same copy.
cp sqlc.yaml "$fresh/"
mkdir -p "$fresh/tools" && cp tools/go.mod tools/go.sum "$fresh/tools/"
mkdir -p "$fresh/internal/db/migrations" && cp -r internal/db/migrations/common "$fresh/internal/db/migrations/"
sources 'queries.sql' | while read -r file; do
  mkdir -p "$fresh/$(dirname "$file")"
  cp "$file" "$fresh/$file"
done
sqlc=$(CGO_ENABLED=0 go tool -modfile=tools/go.mod -n sqlc)
(cd "$fresh" && "$sqlc" generate)

# Both lists together: a template without its code, and code without its template.
generated() {
  sources '*_templ.go'
  sources 'queries.sql.go'
  sources 'sqlc*.go'
}
stale=$({ generated; cd "$fresh" && generated; } | sort -u | while read -r file; do
  cmp -s "$file" "$fresh/$file" || echo "$file"
done)
if [ -n "$stale" ]; then
  printf 'Generated code is not up to date. Run "make generate".\n%s\n' "$stale" >&2
  exit 1
fi
