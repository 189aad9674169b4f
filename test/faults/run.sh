#!/usr/bin/env bash
# `npm run test:faults [-- --rounds N]`: pulls every plug N times under load and ends with tables. Exit code 1 when anything was lost.
set -euo pipefail
cd "$(dirname "$0")/../.."

case "$#:${1-}" in
  0:) rounds=1 ;;
  2:--rounds) rounds=$2 ;;
  *)
    echo 'usage: npm run test:faults [-- --rounds N]' >&2
    exit 1
    ;;
esac

./build.sh
tables=$(mktemp)
trap 'rm -f "$tables"' EXIT
failed=0
FAULT_ROUNDS=$rounds FAULT_TABLES=$tables npx vitest run --project faults || failed=1
cat "$tables"
exit "$failed"
