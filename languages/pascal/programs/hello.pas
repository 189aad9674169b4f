program Hello;

begin
  writeln('drill my brain');
end.
