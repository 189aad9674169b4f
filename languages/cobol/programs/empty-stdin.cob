identification division.
program-id. empty-stdin.
environment division.
input-output section.
file-control.
    select input-file assign to keyboard organization is line sequential.
data division.
file section.
fd input-file.
01 input-line pic x(1000).
working-storage section.
01 counted pic 9(9) value 0.
01 shown pic z(8)9.
01 ended pic x value "n".
procedure division.
    open input input-file
    perform until ended = "y"
        read input-file
            at end move "y" to ended
            not at end add function length(function trim(input-line)) to counted
        end-read
    end-perform
    close input-file
    move counted to shown
    display "read " function trim(shown) " characters"
    stop run.
