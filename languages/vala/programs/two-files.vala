void main() {
    print("%d\n", twice(21));
}
