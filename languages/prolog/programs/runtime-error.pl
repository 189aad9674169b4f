:- initialization(main, main).

main :-
    ratio(1, 0, Ratio),
    writeln(Ratio).

ratio(A, B, Ratio) :- Ratio is A // B.
