:- initialization(main, main).

main :- main.
