let () = printf "flagged\n"
