identification division.
program-id. arguments.
data division.
working-storage section.
01 counted pic 9.
01 word pic x(100).
procedure division.
    accept counted from argument-number
    display counted upon argument-number
    accept word from argument-value
    display counted " " function trim(word)
    stop run.
