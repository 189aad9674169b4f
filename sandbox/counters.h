/* counters.h: what the container's cgroup counts, under either version of cgroups. */
#pragma once
#include <stdbool.h>
#include <stdint.h>

enum counter { CPU_US, MEMORY_BYTES /* at most, so far */, OOM_KILLS, TASKS, COUNTERS };

/* They are kept open from the start, because opening a file needs memory, which the program may have used up by the time the
 * result is made. */
void open_counters(void);

bool is_counted(enum counter counter);

/* -1 if it is not counted. */
int64_t read_counter(enum counter counter);
