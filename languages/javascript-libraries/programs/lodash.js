const _ = require('lodash');
console.log(JSON.stringify(_.chunk([1, 2, 3], 2)), _.countBy([1, 2, 3], (n) => (n % 2 ? 'odd' : 'even')));
