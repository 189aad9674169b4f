const text = require("node:fs").readFileSync(0, "utf8");
console.log(`read ${text.length} characters`);
