identification division.
program-id. runtime-error.
procedure division.
    call "nothing"
    stop run.
