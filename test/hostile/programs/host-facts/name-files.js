const fs = require('node:fs');
const lines = ['/etc/hosts', '/etc/resolv.conf', '/etc/hostname']
  .map((path) => { try { return fs.readFileSync(path, 'utf8'); } catch { return ''; } })
  .join('\n')
  .split('\n')
  .map((line) => line.replace(/#.*/, '').trim())
  .filter(Boolean);
const known = /^(braindrill|nameserver 127\.0\.0\.1|127\.0\.\d\.\d\s.*|(::1|fe00::0|ff0[0-2]::[0-2])\s+(localhost|ip6-).*)$/;
const more = lines.filter((line) => !known.test(line));
console.log(more.length === 0 ? 'held' : `lost: ${more.join(', ')}`);
