with Ada.Command_Line; use Ada.Command_Line;
with Ada.Text_IO;      use Ada.Text_IO;

procedure Main is
   function Ratio (A, B : Integer) return Integer is (A / B);
begin
   Put_Line (Ratio (1, Argument_Count)'Image);
end Main;
