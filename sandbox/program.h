/* program.h: a command in a process with pipes of its own: started for a phase, or ahead of its job, as --ready says. */
#pragma once
#include <stdbool.h>
#include <sys/types.h>

/* A process with our ends of its pipes; -1 where there is none. Over exec_pipe comes when it exec'ed, an int64_t, or minus errno;
 * what is ready waits for a byte from go. */
struct program {
  pid_t pid;
  int exec_pipe, in, out, err, go;
};

struct program start_program(char **command, char **environment, bool has_stdin, bool waits);

/* Starts what --ready says, if it says anything: it waits until a job takes it. */
void start_waiting(void);

/* Its pid; 0 while nothing waits. */
pid_t waiting_pid(void);

/* It is the caller's from then on. */
struct program take_waiting(void);

/* Ends it. */
void forget_waiting(void);

/* It has been reaped. */
void close_waiting(void);
