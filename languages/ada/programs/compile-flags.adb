with Ada.Text_IO;

procedure Main is
begin
   pragma Assert (False);
   Ada.Text_IO.Put_Line ("plain");
exception
   when others => Ada.Text_IO.Put_Line ("flagged");
end Main;
