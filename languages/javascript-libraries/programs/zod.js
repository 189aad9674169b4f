const { z } = require('zod');
const person = z.object({ name: z.string(), age: z.number() });
const [issue] = person.safeParse({ name: 1, age: 2 }).error.issues;
console.log(person.parse({ name: 'Ada', age: 36 }).age, `${issue.path}: ${issue.message}`);
