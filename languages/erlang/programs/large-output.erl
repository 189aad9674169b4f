-module(main).
-export([main/0]).

main() ->
    [io:format("line ~b~n", [Number]) || Number <- lists:seq(0, 99999)].
