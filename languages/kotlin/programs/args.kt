fun main(args: Array<String>) {
    println("${args.size} ${args.last()}")
}
