#!/usr/bin/env bash
# `npm run test:fuzz -- --seconds 600`: libFuzzer on the supervisor, in a container, for as long as one likes.
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=600
if [ $# -gt 0 ]; then
  if [ $# -ne 2 ] || [ "$1" != --seconds ] || ! [[ $2 =~ ^[1-9][0-9]{0,5}$ ]]; then
    echo 'usage: npm run test:fuzz -- --seconds N' >&2
    exit 1
  fi
  seconds=$2
fi
FUZZ_SECONDS=$seconds exec npx vitest run --project fuzz
