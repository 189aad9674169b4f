# Crates are fetched and unpacked, not built. Their sums are those of the registry's index.
export CARGO_HOME=/tmp/cargo CARGO_TERM_COLOR=never CARGO_NET_RETRY=2
[ -z "$SSL_CERT_FILE" ] || export CARGO_HTTP_CAINFO="$SSL_CERT_FILE"
mkdir "$CARGO_HOME" /tmp/work && cp Cargo.toml /tmp/work && cd /tmp/work || exit 1
if [ -n "$REGISTRY" ]; then
  cat > "$CARGO_HOME/config.toml" << END
[source.crates-io]
replace-with = "registry"
[source.registry]
registry = "sparse+${REGISTRY%/}/"
END
fi
cargo vendor --quiet --versioned-dirs /resolved > /dev/null 2> /tmp/cargo.log
code=$?
cat /tmp/cargo.log
if [ "$code" -gt 128 ]; then exit "$code"; fi
if [ "$code" != 0 ]; then
  # No such crate, version or feature, or none that goes with the others.
  grep -q -e 'no matching package' -e 'failed to select a version' -e 'failed to parse manifest' /tmp/cargo.log && exit 65
  exit 1
fi
cp Cargo.lock /resolved/
awk -F '"' '/^name/ { name = $2 } /^version/ { version = $2 } /^source/ { print name "==" version }' Cargo.lock > /resolved.txt
