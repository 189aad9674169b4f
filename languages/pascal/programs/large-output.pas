program LargeOutput;

var
  number: longint;

begin
  for number := 0 to 99999 do
    writeln('line ', number);
end.
