val () = print "leaving\n"
val () = OS.Process.exit 3
