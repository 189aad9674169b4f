say @*ARGS.elems, " ", @*ARGS[*-1];
