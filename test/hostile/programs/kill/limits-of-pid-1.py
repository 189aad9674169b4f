import resource
lost = []
for limit in (resource.RLIMIT_NOFILE, resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE):
    try:
        resource.prlimit(1, limit, (1, 1))
        lost.append(limit)
    except OSError:
        pass
print(f"lost: {lost}" if lost else "held")
