import java.util.concurrent.atomic.AtomicInteger
import scala.collection.mutable
import scala.concurrent.{Await, Future}
import scala.concurrent.ExecutionContext.Implicits.global
import scala.concurrent.duration.*
import scala.io.{Source, StdIn}
import scala.util.{Failure, Random, Success, Try, Using}

sealed trait Shape:
  def area: Double

case class Circle(radius: Double) extends Shape:
  def area: Double = math.Pi * radius * radius

case class Square(side: Double) extends Shape:
  def area: Double = side * side

enum Color(val code: Int):
  case Red extends Color(1)
  case Green extends Color(2)

enum Tree[+A]:
  case Leaf
  case Node(left: Tree[A], value: A, right: Tree[A])

  def insert[B >: A](added: B)(using ordering: Ordering[B]): Tree[B] = this match
    case Leaf => Node(Leaf, added, Leaf)
    case Node(left, value, right) if ordering.lt(added, value) => Node(left.insert(added), value, right)
    case Node(left, value, right) => Node(left, value, right.insert(added))

abstract class Animal(val name: String) {
  def sound: String
  override def toString: String = s"$name says $sound"
}

class Dog(name: String) extends Animal(name) {
  override def sound: String = "woof"
}

trait Show[A]:
  extension (value: A) def show: String

given Show[Int] with
  extension (value: Int) def show: String = s"<$value>"

given [A](using Show[A]): Show[List[A]] with
  extension (value: List[A]) def show: String = value.map(_.show).mkString("[", ", ", "]")

object Counter {
  private val count = AtomicInteger()
  def next(): Int = count.incrementAndGet()
}

def largest[A: Ordering](items: Seq[A]): Option[A] = items.reduceOption(Ordering[A].max(_, _))

def primes: LazyList[Int] =
  LazyList.from(2).filter(n => (2 to math.sqrt(n.toDouble).toInt).forall(n % _ != 0))

@annotation.tailrec
def gcd(a: Long, b: Long): Long = if b == 0 then a else gcd(b, a % b)

def describe(value: Any): String = value match
  case Circle(radius) => f"circle of ${radius * 2}%.2f"
  case shape: Shape => "shape"
  case n: Int if n < 10 => "digit"
  case (a, b) => s"$a and $b"
  case head :: _ => s"list from $head"
  case null => "nothing"
  case other => other.toString

@main def warm(words: String*): Unit =
  val counts = mutable.Map.empty[String, Int].withDefaultValue(0)
  for word <- "to be or not to be".split(" ") do counts(word) += 1
  println(counts.toSeq.sortBy(-_._2).mkString(", "))
  val shapes = List(Circle(2), Square(3))
  println(shapes.filter(_.area > 1).sortBy(-_.area).map(describe).mkString(" "))
  println((1 to 10).map(n => n * n).groupBy(_ % 3).view.mapValues(_.sum).toMap)
  println(primes.takeWhile(_ < 30).toList ++ largest(List(3, 1, 2)))
  val text = StringBuilder()
  for i <- 0 until 100 by 3 do text.append(i).append(' ')
  println(s"${text.toString.trim.nn.reverse.length} ${Dog("Rex")} ${Color.valueOf("Red").code} ${gcd(48, 18)}")
  val grid = Array.tabulate(3, 3)((row, column) => row * column)
  println(grid.map(_.mkString(" ")).mkString("|"))
  val queue = mutable.PriorityQueue(2 -> "two", 1 -> "one")
  val (number, name) = queue.dequeue()
  println(s"$number $name ${words.size} ${describe(7)} ${describe((1, 2))} ${Random(1).nextInt(10)} ${List(1, 2).show}")
  val pattern = """(\w+)@(\w+)\.com""".r
  "drill@brain.com" match
    case pattern(user, host) => println(s"$user $host")
    case _ => println("none")
  println(List(5, 3, 4).foldLeft(Tree.Leaf: Tree[Int])(_.insert(_)))
  val file = java.io.File.createTempFile("warm", ".txt")
  Using(java.io.PrintWriter(file))(_.println("drill my brain"))
  println(Using(Source.fromFile(file))(_.getLines().toList))
  file.delete()
  println(Await.result(Future.sequence((1 to 2).map(n => Future(n + Counter.next()))), 5.seconds).size)
  var n = 0
  while n < 3 do n += 1
  println(Option(StdIn.readLine()).flatMap(_.toIntOption).getOrElse(n))
  val pairs = for
    x <- List(1, 2, 3)
    y <- Vector("a", "b")
    if x % 2 == 1
  yield (x, y)
  println(pairs.zipWithIndex.toMap.size + Set(1, 2).map(_ + 1).sum)
  Try("x".toInt) match
    case Success(value) => println(value)
    case Failure(error) => println(error.getMessage)
  try throw IllegalStateException("expected")
  catch case expected: IllegalStateException => expected.printStackTrace()
  finally println(BigInt(2).pow(64))
