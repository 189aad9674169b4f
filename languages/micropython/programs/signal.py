import ffi

SIGKILL = 9

ffi.open(None).func("i", "raise", "i")(SIGKILL)
