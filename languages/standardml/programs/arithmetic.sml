val limit = 100000
val composite = Array.array (limit, false)

fun mark n multiple =
    if multiple >= limit then ()
    else (Array.update (composite, multiple, true); mark n (multiple + n))

fun sieve (n, count, sum) =
    if n = limit then (count, sum)
    else if Array.sub (composite, n) then sieve (n + 1, count, sum)
    else (if n < 1000 then mark n (n * n) else (); sieve (n + 1, count + 1, sum + n))

val (count, sum) = sieve (2, 0, 0)
val () = print (Int.toString count ^ " " ^ Int.toString sum ^ "\n")
