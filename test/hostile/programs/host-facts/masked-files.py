import os
masked = "kcore keys latency_stats timer_list sched_debug cmdline version kallsyms modules interrupts diskstats partitions vmstat zoneinfo config.gz kmsg kpagecount kpageflags sysrq-trigger slabinfo vmallocinfo pagetypeinfo iomem".split()
lost = []
for name in masked:
    try:
        with open(f"/proc/{name}", "rb") as file:
            content = file.read(4096)
            # For whom may not see addresses the kernel writes zeros.
            if content and not (name == "iomem" and b"00000000-00000000" in content):
                lost.append(name)
    except OSError:
        pass
for folder in ("/proc/acpi", "/proc/asound", "/proc/scsi", "/proc/pressure", "/sys/firmware", "/sys/kernel/debug",
               "/sys/kernel/tracing", "/sys/kernel/security", "/sys/fs/bpf", "/sys/fs/pstore", "/sys/module",
               "/sys/devices/virtual/dmi", "/sys/devices/virtual/powercap", "/sys/block"):
    try:
        lost += [f"{folder}/{name}" for name in os.listdir(folder)][:1]
    except OSError:
        pass
print(f"lost: {lost}" if lost else "held")
