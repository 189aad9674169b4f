import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
REMOUNT, BIND, PROPAGATION = 32, 4096, 1 << 18
tries = {
    "tmpfs": lambda: libc.mount(b"none", b"/tmp", b"tmpfs", 0, None),
    "proc": lambda: libc.mount(b"proc", b"/tmp", b"proc", 0, None),
    "sysfs": lambda: libc.mount(b"sys", b"/tmp", b"sysfs", 0, None),
    "cgroup": lambda: libc.mount(b"cgroup", b"/tmp", b"cgroup", 0, b"memory"),
    "overlay": lambda: libc.mount(b"o", b"/tmp", b"overlay", 0, b"lowerdir=/,upperdir=/job,workdir=/tmp"),
    "bind": lambda: libc.mount(b"/", b"/tmp", None, BIND, None),
    "writable root": lambda: libc.mount(None, b"/", None, REMOUNT, None),
    "propagation": lambda: libc.mount(None, b"/", None, PROPAGATION, None),
    "unmount /proc": lambda: libc.umount2(b"/proc", 2),
    "unmount a mask": lambda: libc.umount2(b"/proc/kcore", 2),
    "pivot_root": lambda: libc.syscall(155, b"/tmp", b"/tmp"),
    "chroot": lambda: libc.chroot(b"/tmp"),
    "swapon": lambda: libc.swapon(b"/tmp/x", 0),
}
lost = [name for name, call in tries.items() if call() == 0]
print(f"lost: {lost}" if lost else "held")
