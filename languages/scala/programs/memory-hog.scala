import scala.collection.mutable.ArrayBuffer

@main def memoryHog(): Unit =
  val hoard = ArrayBuffer[Array[Int]]()
  while true do hoard += new Array[Int](10_000)
