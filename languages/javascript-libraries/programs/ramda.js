const R = require('ramda');
console.log(R.pipe(R.filter((n) => n % 2 === 0), R.map(R.multiply(2)))([1, 2, 3, 4]));
