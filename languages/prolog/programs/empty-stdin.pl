:- initialization(main, main).

main :-
    read_string(user_input, _, Text),
    string_length(Text, Length),
    format("read ~d characters~n", [Length]).
