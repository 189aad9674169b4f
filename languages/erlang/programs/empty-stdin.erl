-module(main).
-export([main/0]).

main() ->
    io:format("read ~b characters~n", [count(0)]).

count(Counted) ->
    case io:get_chars("", 4096) of
        eof -> Counted;
        Text -> count(Counted + length(Text))
    end.
