const count: number = "nothing";
console.log(count);
