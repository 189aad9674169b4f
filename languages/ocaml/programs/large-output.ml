let () =
  for number = 0 to 99_999 do
    Printf.printf "line %d\n" number
  done
