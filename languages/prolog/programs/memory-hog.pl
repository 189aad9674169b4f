:- initialization(main, main).

:- dynamic hoard/2.

main :-
    numlist(1, 10000, Numbers),
    forall(repeat, (flag(count, N, N + 1), assertz(hoard(N, Numbers)))).
