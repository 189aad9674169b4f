let () =
  let count = Array.length Sys.argv - 1 in
  Printf.printf "%d %s\n" count Sys.argv.(count)
