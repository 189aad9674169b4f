"leaving", ("" | halt_error(3))
