fun hoard blocks = hoard (Array.array (1000000, 1) :: blocks)
val () = hoard []
