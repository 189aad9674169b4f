int limit = 100_000
int count = 0
long sum = 0
boolean[] composite = new boolean[limit]
for (int n = 2; n < limit; n++) {
    if (composite[n]) continue
    count++
    sum += n
    for (long multiple = (long) n * n; multiple < limit; multiple += n) composite[(int) multiple] = true
}
println "$count $sum"
