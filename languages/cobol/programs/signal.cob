identification division.
program-id. signal.
data division.
working-storage section.
01 sigkill binary-long value 9.
procedure division.
    call "raise" using by value sigkill
    stop run.
