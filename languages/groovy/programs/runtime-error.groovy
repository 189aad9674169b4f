int ratio(int a, int b) {
    a.intdiv(b)
}

println ratio(1, 0)
