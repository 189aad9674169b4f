const { evaluate } = require('mathjs');
console.log(`${evaluate('sqrt(-4)')} ${evaluate('5 inch to cm')}`);
