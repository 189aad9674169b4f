/* fork-server.h: an interpreter that has started once and forks a process for each job, instead of an interpreter's start for
 * each. It stays outside the cells, can be traced by nobody, and lives as long as no process is left by a job: it is forked
 * from only while no program lives. There is at most one. */
#pragma once
#include <stdbool.h>
#include <sys/types.h>

/* Where what is started ahead is told of its job: beyond what an interpreter's start opens, so that programs find their own
 * descriptors numbered as ever, and one that a shell has a word for. In the supervisor it is taken. */
enum { READY_DESCRIPTOR = 9 };

/* Ends of pipes that a program gets. */
enum program_end { END_IN, END_OUT, END_ERR, END_EXEC, END_GO, ENDS };

/* Starts it: what the command is exec'ed to has a socket as its READY_DESCRIPTOR. False with errno. */
bool start_server(char **command, char **environment);

/* Its pid; 0 while there is none. */
pid_t server_pid(void);

/* Has it fork a process, a child of the caller's, that enters the cell with these descriptors, tells over END_EXEC as a program
 * does, and waits for a byte from END_GO. 0 if it does not answer in time. */
pid_t fork_from_server(const int ends[ENDS]);

/* It has been reaped. */
void forget_server(void);
