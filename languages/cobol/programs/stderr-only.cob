identification division.
program-id. stderr-only.
procedure division.
    display "only a warning" upon stderr
    stop run.
