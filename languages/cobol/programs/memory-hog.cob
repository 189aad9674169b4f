identification division.
program-id. memory-hog.
data division.
working-storage section.
01 hoard usage pointer.
linkage section.
01 memory-block pic x(1000000).
procedure division.
    perform until 1 = 2
        allocate 1000000 characters initialized returning hoard
        set address of memory-block to hoard
        move all "x" to memory-block
    end-perform
    stop run.
