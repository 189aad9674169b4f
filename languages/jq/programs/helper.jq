def twice: 2 * .;
