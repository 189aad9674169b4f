with Ada.Integer_Text_IO;
with Ada.Text_IO;
with Helper;

procedure Main is
begin
   Ada.Integer_Text_IO.Put (Helper.Twice (21), Width => 0);
   Ada.Text_IO.New_Line;
end Main;
