val signal = _import "raise" : int -> int
val _ = signal 9
