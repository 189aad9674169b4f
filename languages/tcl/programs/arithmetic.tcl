proc sieve {limit} {
    set prime [lrepeat $limit 1]
    set count 0
    set sum 0
    for {set n 2} {$n < $limit} {incr n} {
        if {![lindex $prime $n]} continue
        incr count
        incr sum $n
        for {set multiple [expr {$n * $n}]} {$multiple < $limit} {incr multiple $n} {
            lset prime $multiple 0
        }
    }
    return [list $count $sum]
}

puts [sieve 100000]
