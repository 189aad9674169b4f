program RuntimeError;

function ratio(a, b: integer): integer;
begin
  ratio := a div b;
end;

begin
  writeln(ratio(1, ParamCount));
end.
