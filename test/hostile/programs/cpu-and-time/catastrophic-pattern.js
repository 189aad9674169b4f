/^(a+)+$/.test('a'.repeat(64) + '!');
console.log('lost: it ended');
