let length text =
  let rec count characters byte =
    if byte >= String.length text then characters
    else
      let decoded = String.get_utf_8_uchar text byte in
      count (characters + 1) (byte + Uchar.utf_decode_length decoded)
  in
  count 0 0

let () =
  let greeting = "Grüße, Γεια σου, こんにちは, 🧠" in
  Printf.printf "%s %d\n" greeting (length greeting)
