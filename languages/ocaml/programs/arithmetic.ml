let limit = 100_000

let () =
  let prime = Array.make limit true in
  let count = ref 0 and sum = ref 0 in
  for n = 2 to limit - 1 do
    if prime.(n) then begin
      incr count;
      sum := !sum + n;
      let multiple = ref (n * n) in
      while !multiple < limit do
        prime.(!multiple) <- false;
        multiple := !multiple + n
      done
    end
  done;
  Printf.printf "%d %d\n" !count !sum
