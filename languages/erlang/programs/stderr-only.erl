-module(main).
-export([main/0]).

main() ->
    io:put_chars(standard_error, "only a warning\n").
