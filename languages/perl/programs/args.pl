print scalar(@ARGV), " $ARGV[-1]\n";
