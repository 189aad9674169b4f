import sys

print(f"read {len(sys.stdin.read())} characters")
