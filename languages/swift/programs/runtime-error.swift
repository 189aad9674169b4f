struct MissingArgument: Error {}

func argument() throws -> String {
    guard let first = CommandLine.arguments.dropFirst().first else { throw MissingArgument() }
    return first
}

print(try argument())
