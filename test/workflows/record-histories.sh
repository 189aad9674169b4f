#!/usr/bin/env bash
# Records the histories that run-job.test.ts replays, from a service that ./deploy.sh has started. Run it from the project's
# folder after a change of the workflow that old histories need not replay any more (nothing of the kind runs anywhere).
set -euo pipefail
cd "$(dirname "$0")/../.."
temporal=${TEMPORAL:-$(command -v temporal || echo .braindrill/cache/temporal-1.9.1)}
api=${API:-http://127.0.0.1:8080}

submit() {
  curl -s "$api/jobs" -H 'X-API-Key: dev-key-12345' -d "$1" | sed -n 's/.*"job_id": "\(.*\)",/\1/p'
}

start() {
  "$temporal" workflow start --type runJob --task-queue jobs --workflow-id "$1" --input "$2" >/dev/null
  echo "$1"
}

has_ended() {
  "$temporal" workflow describe --workflow-id "$1" --output json | grep -q '"closeTime"'
}

# What a machine was called and where the project lay is nobody's business.
record() {
  until has_ended "$2"; do sleep 0.2; done
  "$temporal" workflow show --output json --workflow-id "$2" |
    sed -e "s#$PWD/##g" -e "s/@$(hostname)/@host/g" -e "s/\"$(hostname)\"/\"host\"/g" >"test/histories/$1.json"
}

sleeper='{"code": "import time; time.sleep(4)", "language": "python"}'
record plain "$(submit '{"code": "print(1)", "language": "python"}')"
record signalled "$(submit '{"code": "sleep 1; print 1", "language": "perl"}')"
record invalid "$(start "invalid-$$" '{"code": "x", "language": "cobol"}')"
record from-the-cli "$(start "valid-$$" '{"code": "print(6 * 7)", "language": "py"}')"

job=$(submit "$sleeper")
sleep 1
"$temporal" workflow cancel --workflow-id "$job" >/dev/null
record cancelled "$job"

job=$(submit "$sleeper")
# Each of its attempts loses its container.
until has_ended "$job"; do
  docker ps -q --filter label=braindrill.programs=python | xargs -r docker rm -f >/dev/null 2>&1 || true
  sleep 0.5
done
record platform-failure "$job"

# Its large input cannot be read for longer than the three attempts of an activity last: it waits for a slot when that begins.
payloads=.braindrill/payloads
for _ in $(seq 16); do submit "$sleeper" >/dev/null; done
job=$(head -c 300000 /dev/zero | tr '\0' x |
  sed 's/.*/{"code": "print(len(input()))", "language": "python", "stdin": "&"}/' | submit @-)
mv "$payloads" "$payloads.away"
touch "$payloads"
sleep 75
rm "$payloads"
mv "$payloads.away" "$payloads"
record store-away "$job"
