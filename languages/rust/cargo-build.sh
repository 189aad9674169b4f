# Compiles a Cargo project: the binary that begins with the file $1 is ./main then. What follows are more words for cargo rustc.
set -e
crates=/usr/lib/cargo-crates
file=$PWD/$1
shift
export CARGO_HOME=/tmp/cargo CARGO_TARGET_DIR=/tmp/target CARGO_NET_OFFLINE=true CARGO_TERM_COLOR=never CARGO_BUILD_JOBS=2
mkdir "$CARGO_HOME"
if [ -d "$crates" ]; then
  # The versions are those that were resolved.
  cp "$crates/Cargo.lock" .
  cat > "$CARGO_HOME/config.toml" << END
[source.crates-io]
replace-with = "crates"
[source.crates]
directory = "$crates"
END
fi
targets=$(cargo metadata --quiet --no-deps --format-version 1)
name=$(printf '%s' "$targets" | sed 's/{/\n/g' | grep -F '"kind":["bin"]' | grep -F "\"src_path\":\"$file\"" |
  sed -n '1s/.*"name":"\([^"]*\)".*/\1/p')
if [ -z "$name" ]; then
  echo "Cargo.toml has no binary that begins with ${file#"$PWD"/}" >&2
  exit 1
fi
cargo rustc --quiet --release --bin "$name" "$@"
mv "$CARGO_TARGET_DIR/release/$name" main
rm -rf "$CARGO_TARGET_DIR" "$CARGO_HOME"
