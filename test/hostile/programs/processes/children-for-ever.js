const { spawn } = require('node:child_process');
const again = () => spawn('/proc/self/exe', ['-e', '0']).on('error', again).on('exit', again);
again();
