# Modules are fetched, not built. Their sums are checked by Go's own database, unless there is another registry.
export GOMODCACHE=/resolved GOFLAGS=-modcacherw GOTOOLCHAIN=local GO111MODULE=on
if [ -n "$REGISTRY" ]; then
  export GOPROXY="$REGISTRY" GONOSUMDB='*'
else
  # Never from where a module is developed: what fetches that is not here.
  GOPROXY=$(go env GOPROXY | sed 's/,direct$//')
  export GOPROXY
fi
mkdir /tmp/work && cp go.mod /tmp/work && cd /tmp/work || exit 1
go mod download > /tmp/go.log 2>&1
code=$?
cat /tmp/go.log
if [ "$code" -gt 128 ]; then exit "$code"; fi
if [ "$code" != 0 ]; then
  # No such module or version, or one for a newer Go.
  grep -q -e '404 Not Found' -e '410 Gone' -e '403 Forbidden' -e 'unknown revision' -e 'requires go' -e 'invalid' \
    -e 'malformed' /tmp/go.log && exit 65
  exit 1
fi
go list -m -f '{{if not .Main}}{{.Path}}=={{.Version}}{{end}}' all | sed '/^$/d' > /resolved.txt
