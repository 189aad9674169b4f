val () = print nothing
