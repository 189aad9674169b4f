:- initialization(main, main).

main :-
    Greeting = "Grüße, Γεια σου, こんにちは, 🧠",
    string_length(Greeting, Length),
    format("~s ~d~n", [Greeting, Length]).
