program Arithmetic;

const
  limit = 99999;

var
  composite: array[2..limit] of boolean;
  n, multiple, sum: int64;
  count: integer = 0;

begin
  sum := 0;
  for n := 2 to limit do
    if not composite[n] then
    begin
      inc(count);
      sum := sum + n;
      multiple := n * n;
      while multiple <= limit do
      begin
        composite[multiple] := true;
        multiple := multiple + n;
      end;
    end;
  writeln(count, ' ', sum);
end.
