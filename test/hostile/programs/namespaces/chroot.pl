mkdir '/tmp/x';
print chroot('/tmp/x') ? "lost: another root\n" : "held\n";
