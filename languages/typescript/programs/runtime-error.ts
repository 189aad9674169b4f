type Person = { name?: { first: string } };

const nobody: Person = {};
console.log(nobody.name!.first);
