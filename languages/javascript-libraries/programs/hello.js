console.log("drill my brain");
