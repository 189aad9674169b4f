void main() {
    stderr.printf("only a warning\n");
}
