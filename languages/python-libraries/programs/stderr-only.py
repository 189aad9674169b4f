import sys

print("only a warning", file=sys.stderr)
