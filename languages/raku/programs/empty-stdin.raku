say "read { $*IN.slurp.chars } characters";
