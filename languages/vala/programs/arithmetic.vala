const int64 LIMIT = 100000;

void main() {
    var composite = new bool[LIMIT];
    int count = 0;
    int64 sum = 0;
    for (int64 n = 2; n < LIMIT; n++) {
        if (composite[n]) continue;
        count++;
        sum += n;
        for (int64 multiple = n * n; multiple < LIMIT; multiple += n) composite[multiple] = true;
    }
    print(@"$count $sum\n");
}
