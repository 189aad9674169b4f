unit Helper;

interface

function Twice(x: integer): integer;

implementation

function Twice(x: integer): integer;
begin
  Twice := 2 * x;
end;

end.
