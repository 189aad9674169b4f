program StderrOnly;

begin
  writeln(stderr, 'only a warning');
end.
