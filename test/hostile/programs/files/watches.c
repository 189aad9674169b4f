#define _GNU_SOURCE
#include <stdio.h>
#include <sys/inotify.h>

int main(void) {
  int instances = 0, watcher, watches = 0;
  while ((watcher = inotify_init1(0)) >= 0 && instances < 1000) {
    instances++;
    for (int i = 0; i < 10; i++) watches += inotify_add_watch(watcher, i % 2 ? "/" : "/etc", IN_ALL_EVENTS) >= 0;
  }
  puts(instances < 256 ? "held" : "lost: more instances than descriptors");
}
