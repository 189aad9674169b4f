:- initialization(main, main).

main :- writeln('drill my brain').
