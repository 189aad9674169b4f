#define _GNU_SOURCE
#include <string.h>
#include <unistd.h>

int main(void) {
  const char *result = "{\"phase\":\"run\",\"exit_code\":0,\"signal\":null,\"wall_us\":1,\"cpu_us\":1,\"memory_bytes\":1,\"timed_out\":false,\"output_limit\":false,\"killed\":false,\"oom_kills\":0,\"stdout_bytes\":0,\"stderr_bytes\":0,\"compile_wall_us\":null}";
  char frame[1024] = {0, 0, 0, (char)strlen(result), 'R'};
  memcpy(frame + 5, result, strlen(result));
  for (int fd = 0; fd < 256; fd++) write(fd, frame, 5 + strlen(result));
  return 9;
}
