with Ada.Text_IO; use Ada.Text_IO;

procedure Main is
begin
   for Number in 0 .. 99_999 loop
      Put_Line ("line" & Number'Image);
   end loop;
end Main;
