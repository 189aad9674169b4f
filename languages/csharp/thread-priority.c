/* Mono gives each thread the normal priority, and says on standard output that the sandbox refuses that: a thread may set
 * only its own, by id 0. */
int pthread_setschedparam(void) { return 0; }
