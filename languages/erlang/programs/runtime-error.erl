-module(main).
-export([main/0]).

main() ->
    io:format("~w~n", [ratio(1, length(init:get_plain_arguments()))]).

ratio(A, B) ->
    A div B.
