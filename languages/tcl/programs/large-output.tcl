for {set number 0} {$number < 100000} {incr number} {
    puts "line $number"
}
