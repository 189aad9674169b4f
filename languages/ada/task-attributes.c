/* GNAT gives each task's thread the processors and the scheduling policy that it would inherit anyway. The C library sets
 * them by the new thread's id, which the sandbox refuses (it lets a thread set only its own, by id 0), and no task starts. */
int pthread_attr_setaffinity_np(void) { return 0; }
int pthread_attr_setinheritsched(void) { return 0; }
int pthread_attr_setschedpolicy(void) { return 0; }
int pthread_attr_setschedparam(void) { return 0; }
