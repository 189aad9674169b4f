void main() {
    while (true) Thread.yield();
}
