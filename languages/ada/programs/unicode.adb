with Ada.Wide_Wide_Text_IO; use Ada.Wide_Wide_Text_IO;

procedure Main is
   Größe : constant Wide_Wide_String := "Grüße, Γεια σου, こんにちは, 🧠";
begin
   Put_Line (Größe & Integer'Wide_Wide_Image (Größe'Length));
end Main;
