let () =
  let hoard = ref [] in
  while true do
    hoard := Array.make 10_000 1 :: !hoard
  done
