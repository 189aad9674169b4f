# Eight co-processes, which all have their number before the first is asked for its square.
BEGIN {
    for (n = 0; n < 8; n++) {
        command[n] = "read n; echo $((n * n)); exit " n
        print n |& command[n]
        close(command[n], "to")
    }
    for (n = 0; n < 8; n++) {
        command[n] |& getline square
        sum += square
    }
    print sum
}
