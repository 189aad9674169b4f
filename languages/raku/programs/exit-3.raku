say "leaving";
exit 3;
