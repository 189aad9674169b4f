let square n =
  let path = Filename.temp_file "square" "" in
  Out_channel.with_open_text path (fun file -> output_string file (string_of_int (n * n)));
  path

let () =
  let domains = List.init 8 (fun n -> Domain.spawn (fun () -> square n)) in
  let read path = int_of_string (In_channel.with_open_text path In_channel.input_all) in
  let squares = List.map (fun domain -> read (Domain.join domain)) domains in
  Printf.printf "%d\n" (List.fold_left ( + ) 0 squares)
