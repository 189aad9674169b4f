import { parse } from 'csv-parse/sync';

console.log(JSON.stringify(parse('a,b\n1,"x, y"\n', { columns: true })));
