:- initialization(main, main).

:- dynamic composite/1.

limit(99999).

main :-
    limit(Limit),
    findall(N, (between(2, Limit, N), prime(N)), Primes),
    length(Primes, Count),
    sum_list(Primes, Sum),
    format("~d ~d~n", [Count, Sum]).

prime(N) :-
    \+ composite(N),
    strike(N * N, N).

strike(First, N) :-
    limit(Limit),
    forall(( First =< Limit,
             Last is (Limit - First) // N,
             between(0, Last, I) ),
           ( Multiple is First + I * N,
             ( composite(Multiple) -> true ; assertz(composite(Multiple)) ) )).
