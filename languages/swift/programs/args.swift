let args = CommandLine.arguments.dropFirst()
print(args.count, args.last!)
