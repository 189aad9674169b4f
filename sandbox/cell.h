/* cell.h: what one job has for itself inside a container: fresh user, mount, network, IPC and UTS namespaces, and
 * fresh tmpfs mounts. No process keeps it: open descriptors do, and with them it goes. There is at most one. */
#pragma once
#include <linux/filter.h>
#include <stdbool.h>
#include <stddef.h>

/* Five namespaces in the order in which they are entered, and the working folder. */
enum { CELL_DESCRIPTORS = 6 };

/* A tmpfs for every cell, with mount(8)'s options of its size, mode and owner; false if there are too many. */
bool add_tmpfs(const char *path, const char *options, bool noexec);

/* Makes the cell whose working folder is the path; false with the problem as text. */
bool make_cell(const char *folder, char *problem, size_t size);

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
