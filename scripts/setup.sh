#!/usr/bin/env bash
# Installs what the tests need beside Go, on Debian as root; elsewhere says what
# to install. Quick when everything is there. A new part is one line in `parts`.
set -euo pipefail
cd "$(dirname "$0")/.."

# program     Debian package   what for
parts='
git           git              the tests that look at the committed files
chromium      chromium         opening the report and the pages as a person would
pdftotext     poppler-utils    reading the words of a PDF back
pdftoppm      poppler-utils    looking at the pages of a PDF
psql          postgresql       the second engine; tests start a cluster of their own
node          nodejs           npm
npm           npm              axe-core, the accessibility checks
'

# missing prints the lines of `parts` whose program is not found.
missing() {
  while read -r program package why; do
    if [ -n "$program" ] && ! command -v "$program" >/dev/null; then
      echo "$program $package $why"
    fi
  done <<<"$parts"
}

# give_up says what to install, since this machine lets us install nothing.
give_up() {
  {
    echo "make test needs programs that are not here, and cannot install them ($1):"
    missing | while read -r program _ why; do echo "  $program: for $why"; done
    echo "On Debian, as root:"
    echo "  apt-get install $(missing | cut -d' ' -f2 | sort -u | tr '\n' ' ')"
    echo "Elsewhere, install them as your system does. Without them \"go test ./...\" still runs;"
    echo "the tests that need them fail, and say so."
  } >&2
  exit 1
}

install_programs() {
  local packages
  packages=$(missing | cut -d' ' -f2 | sort -u)
  [ -n "$packages" ] || return 0
  command -v apt-get >/dev/null || give_up "not Debian"
  [ "$(id -u)" = 0 ] || give_up "not root"
  echo "Installing $(echo $packages) ..."
  local log
  log=$(mktemp)
  if ! { apt-get update && DEBIAN_FRONTEND=noninteractive \
    apt-get install -y --no-install-recommends $packages; } >"$log" 2>&1 </dev/null; then
    tail -n 20 "$log" >&2
    rm -f "$log"
    give_up "apt-get failed, see above"
  fi
  rm -f "$log"
  [ -z "$(missing)" ] || give_up "apt-get installed them, yet they are not in PATH"
}

# The npm parts are used by tests only; the lock file says which, to the byte.
install_npm_parts() {
  [ dev/node_modules/.package-lock.json -nt dev/package-lock.json ] && return 0
  echo "Installing the npm parts of dev/package-lock.json ..."
  (cd dev && npm ci --ignore-scripts --no-fund --no-audit --loglevel=error >&2)
  touch dev/node_modules/.package-lock.json
}

install_programs
install_npm_parts
