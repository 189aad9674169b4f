// Without the flag this does not compile.
function tell(word) {
  console.log(word);
}

tell("flagged");
