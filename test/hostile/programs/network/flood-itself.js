const dgram = require('node:dgram');
const socket = dgram.createSocket('udp4');
const block = Buffer.alloc(1400);
const send = () => socket.send(block, 4444, '127.0.0.1', send);
socket.bind(4444, '127.0.0.1', send);
