void main() {
    int count = 0;
    while (stdin.getc() != -1) count++;
    print("read %d characters\n", count);
}
