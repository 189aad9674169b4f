identification division.
program-id. large-output.
data division.
working-storage section.
01 number-now pic 9(5).
01 shown pic z(4)9.
procedure division.
    perform varying number-now from 0 by 1 until number-now = 99999
        move number-now to shown
        display "line " function trim(shown)
    end-perform
    stop run.
