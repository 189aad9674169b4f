/* program-stdin.h: bytes for the program's stdin. They wait here until it reads them. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

/* How much more can wait. */
size_t stdin_room(void);

bool stdin_waits(void);

/* Payload of a frame I: there must be room for it. */
void keep_stdin(const char *payload, size_t length);

/* A frame X: nothing follows. */
void end_stdin(void);

/* Whether it has come. */
bool stdin_has_ended(void);

/* Writes what the program takes now. */
void feed_program(void);

/* The next job has nothing of it. */
void forget_stdin(void);
