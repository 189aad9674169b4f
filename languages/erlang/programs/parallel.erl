-module(main).
-export([main/0]).

main() ->
    Parent = self(),
    [spawn_link(fun() -> Parent ! {written, write_square(N)} end) || N <- lists:seq(0, 7)],
    io:format("~b~n", [lists:sum([read_square() || _ <- lists:seq(0, 7)])]).

write_square(N) ->
    Path = filename:join(os:getenv("TMPDIR"), integer_to_list(N)),
    ok = file:write_file(Path, integer_to_list(N * N)),
    Path.

read_square() ->
    receive
        {written, Path} ->
            {ok, Square} = file:read_file(Path),
            binary_to_integer(Square)
    end.
