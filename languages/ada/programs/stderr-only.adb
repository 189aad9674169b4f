with Ada.Text_IO; use Ada.Text_IO;

procedure Main is
begin
   Put_Line (Standard_Error, "only a warning");
end Main;
