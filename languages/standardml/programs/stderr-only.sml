val () = TextIO.output (TextIO.stdErr, "only a warning\n")
