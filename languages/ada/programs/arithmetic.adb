with Ada.Text_IO; use Ada.Text_IO;

procedure Main is
   Limit : constant := 99_999;
   Prime : array (Long_Integer range 2 .. Limit) of Boolean := (others => True);
   Count : Natural := 0;
   Sum   : Long_Integer := 0;

   function Image (Text : String) return String is (Text (Text'First + 1 .. Text'Last));
begin
   for N in Prime'Range loop
      if Prime (N) then
         Count := Count + 1;
         Sum := Sum + N;
         declare
            Multiple : Long_Integer := N * N;
         begin
            while Multiple <= Limit loop
               Prime (Multiple) := False;
               Multiple := Multiple + N;
            end loop;
         end;
      end if;
   end loop;
   Put_Line (Image (Count'Image) & Sum'Image);
end Main;
