// Node loads this before the program (--require) and then the program as ever. Here it waits until there is one; what nearly every
// program needs is loaded by then. Nothing of it is left for the program to see. The program's own threads load it as well.

if (require('node:worker_threads').isMainThread) {
  const fs = require('node:fs');
  for (const name of ['buffer', 'events', 'net', 'path', 'stream', 'tty', 'url', 'util'])
    require(`node:${name}`);
  fs.readSync(9, Buffer.alloc(1));
  fs.closeSync(9);
}
const own = process.execArgv.indexOf(__filename);
if (own > 0) process.execArgv.splice(own - 1, 2);
process._preload_modules.length = 0;
delete require.cache[__filename];
