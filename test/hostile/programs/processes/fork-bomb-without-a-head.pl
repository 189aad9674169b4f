if (fork) { sleep 60 while 1 }
while (1) { exit if fork }
