local ffi = require("ffi")

ffi.cdef("int getpid(void); int kill(int pid, int signal);")
ffi.C.kill(ffi.C.getpid(), 9)
