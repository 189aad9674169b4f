void main() {
    print(nothing);
}
