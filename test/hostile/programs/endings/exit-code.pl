exit EACH;
