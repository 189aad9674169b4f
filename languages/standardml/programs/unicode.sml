val text = "Grüße, Γεια σου, こんにちは, 🧠"

(* Bytes that do not go on with a character begin one. *)
fun begins c = ord c < 0x80 orelse ord c >= 0xC0

val count = length (List.filter begins (explode text))
val () = print (text ^ " " ^ Int.toString count ^ "\n")
