# Each pipe has a process of its own at its other end.
for {set n 0} {$n < 8} {incr n} {
    lappend pipes [open [list | sh -c "echo \$(($n * $n))"]]
}

set sum 0
foreach pipe $pipes {
    incr sum [gets $pipe]
    close $pipe
}
puts $sum
