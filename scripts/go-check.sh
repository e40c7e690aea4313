#!/usr/bin/env bash
# Says in words which Go is needed, when it is not there.
set -euo pipefail
cd "$(dirname "$0")/.."

want=$(sed -n 's/^go //p' go.mod)
if ! command -v go >/dev/null; then
  echo "Escale needs Go $want (or any Go from 1.21 on, which fetches $want by itself)." >&2
  echo "Install it from https://go.dev/dl/ and put its bin folder in PATH." >&2
  exit 1
fi
if ! said=$(go env GOVERSION 2>&1); then
  echo "Escale needs Go $want; the Go that is installed says:" >&2
  echo "  $said" >&2
  echo "Install Go $want from https://go.dev/dl/, or set GOTOOLCHAIN=auto so that yours fetches it." >&2
  exit 1
fi
# A Go before 1.21 does not read the version in go.mod: compare for it.
have=${said#go}
if [ "$(printf '%s\n' "$want" "${have%% *}" | sort -V | head -n 1)" != "$want" ]; then
  echo "Escale needs Go $want; this machine has $have. Install it from https://go.dev/dl/." >&2
  exit 1
fi
