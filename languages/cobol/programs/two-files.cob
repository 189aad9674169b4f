identification division.
program-id. two-files.
data division.
working-storage section.
copy "helper.cpy".
procedure division.
    multiply 2 by answer
    display answer
    stop run.
