:- initialization(main, main).

main :-
    numlist(0, 7, Numbers),
    maplist([N, Thread]>>thread_create(write_square(N), Thread), Numbers, Threads),
    maplist(thread_join, Threads),
    maplist(read_square, Numbers, Squares),
    sum_list(Squares, Sum),
    writeln(Sum).

path(N, Path) :- format(atom(Path), "/tmp/square-~d", [N]).

write_square(N) :-
    path(N, Path),
    Square is N * N,
    setup_call_cleanup(open(Path, write, File), format(File, "~d.", [Square]), close(File)).

read_square(N, Square) :-
    path(N, Path),
    setup_call_cleanup(open(Path, read, File), read(File, Square), close(File)).
