program EmptyStdin;

var
  count: integer = 0;
  letter: char;

begin
  while not eof do
  begin
    read(letter);
    inc(count);
  end;
  writeln('read ', count, ' characters');
end.
