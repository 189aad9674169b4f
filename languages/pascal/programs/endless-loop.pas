program EndlessLoop;

begin
  while true do;
end.
