#!/usr/bin/env bash
# Sets up what is missing and runs BrainDrill in the foreground. `./deploy.sh rebuild` builds everything anew first.
set -euo pipefail
cd "$(dirname "$0")"

case "$#:${1-}" in
  0:) ;;
  1:rebuild) rm -rf dist ;;
  *)
    echo "usage: ./deploy.sh [rebuild]" >&2
    exit 1
    ;;
esac

./build.sh
exec node --enable-source-maps dist/src/deploy.js "$@"
