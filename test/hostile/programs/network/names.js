const dns = require('node:dns');
const names = ['example.test', 'metadata.example.test', 'host.docker.internal', 'gateway.docker.internal'];
let lost = false;
let left = names.length;
for (const name of names) {
  dns.lookup(name, (error, address) => {
    if (!error) {
      lost = true;
      console.log(`lost: ${name} is ${address}`);
    }
    if (--left === 0 && !lost) console.log('held');
  });
}
