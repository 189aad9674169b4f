:- initialization(main, main).

main :- writeln(user_error, 'only a warning').
