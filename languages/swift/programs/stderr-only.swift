import Glibc

fputs("only a warning\n", stderr)
