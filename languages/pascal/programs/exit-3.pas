program Exit3;

begin
  writeln('leaving');
  halt(3);
end.
