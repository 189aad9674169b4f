found = primes(99999);
printf("%d %d\n", numel(found), sum(found));
