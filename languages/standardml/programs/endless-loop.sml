fun forever () = forever ()
val () = forever ()
