twice(X) ->
    2 * X.
