-module(main).
-export([main/0]).
-include("helper.hrl").

main() ->
    io:format("~b~n", [twice(21)]).
