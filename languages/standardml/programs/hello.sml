val () = print "drill my brain\n"
