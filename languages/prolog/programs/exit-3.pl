:- initialization(main, main).

main :-
    writeln(leaving),
    halt(3).
