echo "only a warning" >&2
