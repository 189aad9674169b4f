-module(main).
-export([main/0]).

-define(LIMIT, 100000).

main() ->
    Composite = atomics:new(?LIMIT, []),
    Primes = [N || N <- lists:seq(2, ?LIMIT - 1), is_prime(N, Composite)],
    io:format("~b ~b~n", [length(Primes), lists:sum(Primes)]).

is_prime(N, Composite) ->
    case atomics:get(Composite, N) of
        1 -> false;
        0 -> strike(N * N, N, Composite), true
    end.

strike(Multiple, _, _) when Multiple >= ?LIMIT -> ok;
strike(Multiple, N, Composite) ->
    atomics:put(Composite, Multiple, 1),
    strike(Multiple + N, N, Composite).
