__asm__(".data\n.zero 1073741824, 1");

int main(void) {}
