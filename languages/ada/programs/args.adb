with Ada.Command_Line; use Ada.Command_Line;
with Ada.Text_IO;

procedure Main is
   Number : constant String := Argument_Count'Image;
begin
   Ada.Text_IO.Put_Line (Number (2 .. Number'Last) & " " & Argument (Argument_Count));
end Main;
