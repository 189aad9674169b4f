/* files-out.h: the job's folder as the runner hears of it: what a compile step has made (T, C, Z), and the files that are wanted
 * when all is over (W, D). */
#pragma once

/* Has memory for either, from before the program can take it all. */
void keep_reserve(void);

/* The folder, or the job's if it is -1. Nothing of the compile step lives any more, and nothing of the program yet. */
void tell_made(int folder);

/* Nothing lives any more: no file changes, and no link or folder is put in another's place. */
void send_wanted(void);
