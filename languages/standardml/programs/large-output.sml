fun lines 100000 = ()
  | lines n = (print ("line " ^ Int.toString n ^ "\n"); lines (n + 1))
val () = lines 0
