/* frames-out.h: frames to the runner, over fd 1. They wait here until it takes them; what is no chunk always has room. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

enum {
  HEADER = 5, /* of a frame to here, too: u32 length, u8 kind */
  CHUNK = 32 << 10,
};

/* With NULL the payload is in place already. */
void put_frame(char kind, const void *payload, size_t length);

/* Where that is: a chunk is read straight into its frame. There must be room for it. */
char *payload_place(void);

/* Room for chunks behind what waits. */
size_t output_room(void);

bool output_waits(void);

/* Writes what fd 1 takes now; false if it takes nothing any more. */
bool flush_output(void);

/* For small things: what fits goes out with what follows. */
void make_room(size_t room);

/* Blocks until there is room, or the runner is gone. For when nothing of the program lives any more. */
void wait_for_output(size_t room);

/* Blocks until all is written, likewise. */
void wait_for_all_output(void);
