#!/usr/bin/env bash
# `npm run test:languages`: every language's image and programs; `-- lua,rust` for some.
set -euo pipefail
cd "$(dirname "$0")/../.."

./build.sh
table=$(mktemp)
trap 'cat "$table"; rm "$table"' EXIT
TEST_LANGUAGES="${1-}" LANGUAGES_TABLE="$table" npx vitest run --project languages
