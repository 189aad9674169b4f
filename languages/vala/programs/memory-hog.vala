void main() {
    var hoard = new GenericArray<Bytes>();
    while (true) hoard.add(new Bytes(new uint8[1 << 20]));
}
