with Ada.Text_IO; use Ada.Text_IO;

procedure Main is
   Count  : Natural := 0;
   Letter : Character;
begin
   while not End_Of_File loop
      Get_Immediate (Letter);
      Count := Count + 1;
   end loop;
   Put_Line ("read" & Count'Image & " characters");
end Main;
