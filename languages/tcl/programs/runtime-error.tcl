proc ratio {a b} {
    return [expr {$a / $b}]
}

puts [ratio 1 0]
