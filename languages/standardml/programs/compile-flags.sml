(* Of a library that is only there when it is asked for. *)
val sameName = _import "ns_samename" : (string, string) -> int
val () = print (if sameName ("brain", "BRAIN") = 1 then "flagged\n" else "plain\n")
