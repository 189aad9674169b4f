identification division.
program-id. hello.
procedure division.
    display "drill my brain"
    stop run.
