let () = prerr_endline "only a warning"
