// The memory of a program that crashes is not for helpers on the host: only a limit of 1 byte keeps it from them, and it stays.
import { expect, test } from 'vitest';
import { checkLeaksAfterEach, runCode } from './service.js';

checkLeaksAfterEach();

const CODE = `
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void) {
  struct { unsigned long long soft, hard; } none = {0, 0}, old;
  /* The kernel looks at the lower half of a register only. */
  unsigned long cores[] = {RLIMIT_CORE, 0x100000000UL + RLIMIT_CORE};
  for (int i = 0; i < 2; i++) {
    /* It seems to work: sanitizers, for one, end the program where it does not. */
    printf("%ld ", syscall(SYS_setrlimit, cores[i], &none));
    printf("%ld ", syscall(SYS_prlimit64, 0, cores[i], &none, &old));
  }
  int others = 0;
  for (int limit = 0; limit < 16; limit++) {
    if (limit == RLIMIT_CORE) continue;
    syscall(SYS_prlimit64, 0, limit, NULL, &old);
    others += syscall(SYS_setrlimit, limit, &old) == 0 && syscall(SYS_prlimit64, 0, limit, &old, NULL) == 0;
  }
  struct rlimit core;
  getrlimit(RLIMIT_CORE, &core);
  printf("%d %lu %lu\\n", others, (unsigned long)core.rlim_cur, (unsigned long)core.rlim_max);
  fflush(stdout);
  if (fork() == 0) *(volatile int *)0 = 1;
  int status;
  wait(&status);
  printf("%d %d\\n", WTERMSIG(status), !!WCOREDUMP(status));
}
`;

test('a program cannot change its core limit, by any call; all others it can', async () => {
  const job = await runCode('c', CODE);
  expect(job.status, job.stderr ?? '').toBe('completed');
  expect(job.output).toBe('0 0 0 0 15 1 1\n11 0\n');
});
