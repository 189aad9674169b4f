#include <filesystem>
#include <iostream>
#include <sys/statvfs.h>

int main() {
  struct statvfs job;
  statvfs("/job", &job);
  if (job.f_blocks * job.f_frsize > 256ul << 20) std::cout << "lost: /job is the host's\n";
  for (const auto &entry : std::filesystem::directory_iterator("/sys/class/net"))
    if (entry.path().filename() != "lo") std::cout << "lost: interface " << entry.path() << '\n';
  std::cout << "held\n";
}
