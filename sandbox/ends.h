/* ends.h: how the supervisor ends when it cannot go on. Nothing of the program outlives that. */
#pragma once

enum { EXIT_USAGE = 64, EXIT_MALFORMED = 65, EXIT_FAULT = 70, EXIT_RUNNER_GONE = 71 };

enum { FAULT_TEXT = 512 };

/* Tells the runner what went wrong, in a frame !, and exits with the code. */
_Noreturn void fault(int code, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* There is nobody to tell. */
_Noreturn void runner_gone(void);
