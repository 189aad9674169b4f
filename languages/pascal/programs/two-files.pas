program TwoFiles;

uses Helper;

begin
  writeln(Twice(21));
end.
