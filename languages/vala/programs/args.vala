void main(string[] args) {
    print("%d %s\n", args.length - 1, args[args.length - 1]);
}
