void main() {
    print("drill my brain\n");
}
