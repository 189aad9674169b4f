identification division.
program-id. compile-error.
procedure division.
    display no-such-name
    stop run.
