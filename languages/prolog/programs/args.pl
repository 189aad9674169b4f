:- initialization(main, main).

main(Arguments) :-
    length(Arguments, Count),
    last(Arguments, Last),
    format("~d ~w~n", [Count, Last]).
