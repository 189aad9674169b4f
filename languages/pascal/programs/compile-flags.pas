begin
{$ifdef WORD}
  writeln('flagged');
{$else}
  writeln('plain');
{$endif}
end.
