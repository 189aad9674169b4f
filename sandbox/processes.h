/* processes.h: every process of the container is a child of PID 1 in the end: here they are reaped, and killed. */
#pragma once
#include <stdbool.h>

/* Blocks SIGCHLD, to hear of it otherwise; false if that cannot be. */
bool watch_children(void);

/* A descriptor that can be read when children have ended. */
int children_descriptor(void);

/* Reaps what has ended; with all, waits until nothing is left, which takes a kill_everything. Otherwise it
 * goes back to the loop, and its limits, after some: orphans can be made as fast as they are reaped. */
void reap(bool all);

/* Kills and reaps all but PID 1. */
void kill_everything(void);
