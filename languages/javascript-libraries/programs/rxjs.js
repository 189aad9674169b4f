const { from, filter, reduce } = require('rxjs');
from([1, 2, 3, 4, 5]).pipe(filter((n) => n % 2), reduce((sum, n) => sum + n)).subscribe((sum) => console.log(sum));
