#!/usr/bin/env bash
# `npm test`: makes what is missing, then lint, types, import rules, unit, live, faults, hostile, speed. Stops at the first that fails.
set -euo pipefail
cd "$(dirname "$0")/.."

step() { printf '\n== %s\n' "$1"; }

step 'packages and build'
./build.sh
step 'lint'
npx biome check .
step 'types'
npx tsc --noEmit
step 'import rules'
node test/check-imports.js
step 'unit tests'
npx vitest run --project unit
step 'live tests: real Temporal server, real Docker engine, real language images'
npx vitest run --project live
npx vitest run --project waiting
step 'faults: plugs are pulled under load'
bash test/faults/run.sh
step 'hostile programs: one round against a service of its own'
npm run --silent test:hostile
step 'speed: ratios to docker run'
npx vitest run --project bench test/bench/short.bench.ts
