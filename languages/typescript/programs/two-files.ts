import { twice } from "./helper";

console.log(twice(21));
