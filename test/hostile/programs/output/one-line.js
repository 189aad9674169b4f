const fs = require('node:fs');
for (;;) fs.writeSync(1, 'one line without an end ');
