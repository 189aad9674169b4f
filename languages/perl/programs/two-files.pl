require "./helper.pl";

print twice(21), "\n";
