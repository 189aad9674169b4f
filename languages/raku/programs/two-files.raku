use lib '.';
use helper;

say twice(21);
