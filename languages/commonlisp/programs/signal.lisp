(require :sb-posix)

(sb-posix:kill (sb-posix:getpid) sb-posix:sigkill)
