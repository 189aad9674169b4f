void main() {
    ubyte[][] hoard;
    for (;;) {
        auto block = new ubyte[1 << 20];
        block[] = 1;
        hoard ~= block;
    }
}
