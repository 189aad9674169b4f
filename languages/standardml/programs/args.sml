val args = CommandLine.arguments ()
val () = print (Int.toString (length args) ^ " " ^ List.last args ^ "\n")
