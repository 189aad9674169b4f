import java.nio.file.Files
import scala.concurrent.ExecutionContext.Implicits.global
import scala.concurrent.duration.Duration
import scala.concurrent.{Await, Future}

@main def parallel(): Unit =
  val folder = Files.createTempDirectory("squares")
  val files = Future.traverse((0 until 8).toList): n =>
    Future(Files.writeString(folder.resolve(s"$n"), s"${n * n}"))
  println(Await.result(files, Duration.Inf).map(Files.readString(_).toInt).sum)
