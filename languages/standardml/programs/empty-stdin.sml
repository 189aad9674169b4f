val text = TextIO.inputAll TextIO.stdIn
val () = print ("read " ^ Int.toString (size text) ^ " characters\n")
