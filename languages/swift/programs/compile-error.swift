print(nothing)
