program Parallel;

uses
  BaseUnix, SysUtils;

var
  children: array[0..7] of TPid;
  output, input: text;
  name: string;
  n, square, sum: integer;

begin
  for n := 0 to 7 do
  begin
    children[n] := FpFork;
    if children[n] = 0 then
    begin
      Assign(output, GetTempDir + 'square-' + IntToStr(n));
      Rewrite(output);
      writeln(output, n * n);
      Close(output);
      halt;
    end;
  end;
  sum := 0;
  for n := 0 to 7 do
  begin
    FpWaitPid(children[n], nil, 0);
    name := GetTempDir + 'square-' + IntToStr(n);
    Assign(input, name);
    Reset(input);
    readln(input, square);
    Close(input);
    sum := sum + square;
  end;
  writeln(sum);
end.
