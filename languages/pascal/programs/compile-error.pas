program CompileError;

begin
  writeln(nothing);
end.
