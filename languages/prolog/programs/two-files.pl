:- use_module(helper).
:- initialization(main, main).

main :-
    twice(21, Answer),
    format("~d~n", [Answer]).
