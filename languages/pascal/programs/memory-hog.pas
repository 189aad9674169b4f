program MemoryHog;

var
  hoard: pointer;

begin
  while true do
  begin
    GetMem(hoard, 1 shl 20);
    FillChar(hoard^, 1 shl 20, 1);
  end;
end.
