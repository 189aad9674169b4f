say "drill my brain";
