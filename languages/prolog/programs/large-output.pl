:- initialization(main, main).

main :- forall(between(0, 99999, Number), format("line ~d~n", [Number])).
