for (let number = 0; number < 100_000; number++) console.log("line", number);
