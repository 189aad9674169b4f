-module(main).
-export([main/0]).

main() ->
    Args = init:get_plain_arguments(),
    io:format("~b ~s~n", [length(Args), lists:last(Args)]).
