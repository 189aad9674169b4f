structure Thread = Pthread.Thread

fun square n = Thread.create (fn () => n * n)

val threads = List.tabulate (8, square)
val sum = foldl (op +) 0 (map Thread.join threads)
val () = print (Int.toString sum ^ "\n")
