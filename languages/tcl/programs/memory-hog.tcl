while 1 {
    lappend hoard [lrepeat 10000 [incr n]]
}
