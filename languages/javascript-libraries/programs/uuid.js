import { v4, validate, version } from 'uuid';

const id = v4();
console.log(validate(id), version(id));
