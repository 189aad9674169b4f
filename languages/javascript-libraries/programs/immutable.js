const { Map } = require('immutable');
const before = Map({ a: 1 });
console.log(before.get('a'), before.set('a', 2).get('a'));
