#!/usr/bin/env bash
# Node packages and build, each skipped when it is done already. Called by deploy.sh and npm test.
set -euo pipefail
cd "$(dirname "$0")"

if ! command -v node >/dev/null || ! node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)'; then
  echo "Node 20.19 or newer is needed (found: $(node --version 2>/dev/null || echo none)). Install it from nodejs.org or your distribution." >&2
  exit 1
fi

# Two builds at once would write the same files.
mkdir -p .braindrill
exec 9>.braindrill/build.lock
flock 9

if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  echo 'Node packages: installing'
  # Not `npm ci`: it refuses a lock file that lacks another platform's optional packages, which some registries do not carry.
  npm install --no-save --no-audit --no-fund --loglevel=error
  touch node_modules/.package-lock.json
fi

if [ ! -f dist/.built ] || [ -n "$(find src temporal package-lock.json tsconfig.json tsconfig.build.json -newer dist/.built -print -quit)" ]; then
  echo 'Build: compiling'
  rm -rf dist
  npm run --silent build
  touch dist/.built
fi
