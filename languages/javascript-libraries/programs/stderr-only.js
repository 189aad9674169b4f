console.error("only a warning");
