#define _GNU_SOURCE
#include <linux/capability.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

int main(void) {
  struct __user_cap_header_struct head = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct all[2] = {{~0U, ~0U, ~0U}, {~0U, ~0U, ~0U}};
  const unsigned file_capability[5] = {0x02000001, ~0U, 0, ~0U, 0};
  int lost = syscall(SYS_capset, &head, all) == 0 ||
    setxattr("main", "security.capability", file_capability, sizeof file_capability, 0) == 0;
  for (int capability = 0; capability < 41; capability++)
    lost |= prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, capability, 0, 0) == 0 || prctl(PR_CAPBSET_READ, capability) == 1;
  lost |= prctl(PR_SET_NO_NEW_PRIVS, 0, 0, 0, 0) == 0 || prctl(PR_SET_SECUREBITS, 0) == 0;
  puts(lost ? "lost: a capability" : "held");
}
