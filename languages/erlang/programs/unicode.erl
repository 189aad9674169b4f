-module(main).
-export([main/0]).

main() ->
    Greeting = "Grüße, Γεια σου, こんにちは, 🧠",
    io:format("~ts ~b~n", [Greeting, length(Greeting)]).
