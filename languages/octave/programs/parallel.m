% Each pipe has a process of its own at its other end.
for n = 0:7
  pipes(n + 1) = popen(sprintf("echo $((%d * %d))", n, n), "r");
end

total = 0;
for n = 1:8
  total += fscanf(pipes(n), "%d");
  pclose(pipes(n));
end
printf("%d\n", total);
