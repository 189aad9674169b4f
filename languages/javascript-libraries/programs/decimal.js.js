const Decimal = require('decimal.js');
console.log(new Decimal('0.1').plus('0.2').toString());
