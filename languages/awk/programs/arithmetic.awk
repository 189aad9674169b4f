BEGIN {
    limit = 100000
    for (n = 2; n < limit; n++) {
        if (n in composite) continue
        count++
        sum += n
        for (multiple = n * n; multiple < limit; multiple += n) composite[multiple]
    }
    print count, sum
}
