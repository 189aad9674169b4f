val arguments = CommandLine.arguments ()
val () = print (hd arguments)
