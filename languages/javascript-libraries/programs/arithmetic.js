const limit = 100_000;
const composite = new Uint8Array(limit);
let count = 0;
let sum = 0;
for (let n = 2; n < limit; n++) {
  if (composite[n]) continue;
  count++;
  sum += n;
  for (let multiple = n * n; multiple < limit; multiple += n) composite[multiple] = 1;
}
console.log(count, sum);
