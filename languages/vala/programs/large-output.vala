void main() {
    for (int number = 0; number < 100000; number++) print(@"line $number\n");
}
