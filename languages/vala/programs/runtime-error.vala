void main(string[] arguments) {
    assert(arguments.length == 2);
}
