/* cell.h: what one job has for itself inside a container: fresh user, mount, network, IPC and UTS namespaces, and
 * fresh tmpfs mounts. No process keeps it: open descriptors do, and with them it goes. There is at most one that is used, and one
 * that comes next. */
#pragma once
#include <linux/filter.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* Five namespaces in the order in which they are entered, and the working folder. */
enum { CELL_DESCRIPTORS = 6 };

/* A tmpfs for every cell, with mount(8)'s options of its size, mode and owner; false if there are too many. */
bool add_tmpfs(const char *path, const char *options, bool noexec);

/* Makes the cell whose working folder is the path; false with the problem as text. */
bool make_cell(const char *folder, char *problem, size_t size);

/* Begins to make the next one, in a child, while a program runs. All that the program can do to the child, which has the same
 * user, is to make it fail: it has its own user namespace before this returns, where the program's has no right to trace it. False if
 * it has failed already. */
bool begin_next_cell(const char *folder);

/* Its pid, until it has been reaped; then 0. */
pid_t cell_maker(void);
void forget_maker(void);

/* Waits for a while until the next one is made, and ends the child in any case: it has to be reaped. */
void end_maker(void);

/* Instead of making one: the next one, if it was begun and is made, is the one that is used. */
bool use_next_cell(void);

/* For a process that enters it by itself. */
const int *cell_descriptors(void);

/* What takes from a program the calls that make and enter cells. */
struct sock_fprog program_filter(void);

/* A new descriptor of the cell's working folder. */
int cell_folder(void);

/* Moves the calling process, which is about to exec, into the cell, for ever. False with errno. */
bool enter_cell(void);

/* Once its last process has ended nothing of it is left. */
void drop_cell(void);
