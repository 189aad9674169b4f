let () = Printf.printf "%d\n" (Helper.twice 21)
