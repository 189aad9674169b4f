const { twice } = require("./helper");

console.log(twice(21));
