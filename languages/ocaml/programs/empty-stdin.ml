let () = Printf.printf "read %d characters\n" (String.length (In_channel.input_all stdin))
