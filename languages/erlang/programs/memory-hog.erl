-module(main).
-export([main/0]).

main() ->
    hoard([]).

hoard(Hoard) ->
    hoard([lists:seq(1, 10000) | Hoard]).
