const fs = require('node:fs');
let made = 0;
try {
  for (;;) fs.writeFileSync(`/tmp/${'n'.repeat(240)}${made++}`, '');
} catch {}
console.log(made <= 4097 ? 'held' : `lost: ${made}`);
