#define _GNU_SOURCE
#include <sched.h>
#include <stdio.h>

int main(void) {
  const int kinds[] = {CLONE_NEWUSER, CLONE_NEWNS, CLONE_NEWNET, CLONE_NEWPID, CLONE_NEWIPC, CLONE_NEWUTS, CLONE_NEWCGROUP, CLONE_NEWTIME};
  for (unsigned i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (unshare(kinds[i]) == 0 || unshare(CLONE_NEWUSER | kinds[i]) == 0) printf("lost: a namespace, %x\n", kinds[i]);
  puts("held");
}
