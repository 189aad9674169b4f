object Main {
  def main(args: Array[String]): Unit = println(s"${args.length} ${args.last}")
}
