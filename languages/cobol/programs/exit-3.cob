identification division.
program-id. exit-3.
procedure division.
    display "leaving"
    stop run returning 3.
