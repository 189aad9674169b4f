/* copy-folder.h: what one folder holds, once more in another. */
#pragma once
#include <stdbool.h>

/* Copies files with their modes and times, folders and symbolic links; sockets, pipes and what cannot be read are
 * left out. False with errno: ELOOP when it is deeper than 32 folders, ENOSPC when there is no room for it. */
bool copy_folder(int from, int to);
