#!/usr/bin/env bash
# Sets up what is missing and runs BrainDrill in the foreground. `./deploy.sh rebuild` builds everything anew first;
# `--languages c,go` or `--languages all` has other languages than the six.
set -euo pipefail
cd "$(dirname "$0")"

usage() {
  echo 'usage: ./deploy.sh [rebuild] [--languages all|LANGUAGE,...]' >&2
  exit 1
}

arguments=("$@")
rebuild=false
while [ $# -gt 0 ]; do
  case "$1" in
    rebuild)
      [ $rebuild = false ] || usage
      rebuild=true
      shift
      ;;
    --languages)
      [ -n "${2-}" ] || usage
      export LANGUAGES=$2
      shift 2
      ;;
    *) usage ;;
  esac
done
[ $rebuild = false ] || rm -rf dist

./build.sh
exec node --enable-source-maps dist/src/deploy.js "${arguments[@]}"
