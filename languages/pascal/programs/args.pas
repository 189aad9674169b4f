program Arguments;

begin
  writeln(ParamCount, ' ', ParamStr(ParamCount));
end.
