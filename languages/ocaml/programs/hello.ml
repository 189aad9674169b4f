let () = print_endline "drill my brain"
