with Ada.Text_IO; use Ada.Text_IO;

procedure Main is
   protected Total is
      procedure Add (Square : Natural);
      function Sum return Natural;
   private
      So_Far : Natural := 0;
   end Total;

   protected body Total is
      procedure Add (Square : Natural) is
      begin
         So_Far := So_Far + Square;
      end Add;

      function Sum return Natural is (So_Far);
   end Total;

   procedure Square_All is
      task type Squarer is
         entry Start (Number : Natural);
      end Squarer;

      task body Squarer is
         N    : Natural;
         File : File_Type;
      begin
         accept Start (Number : Natural) do
            N := Number;
         end Start;
         Create (File);
         Put_Line (File, Natural'Image (N ** 2));
         Reset (File, In_File);
         Total.Add (Natural'Value (Get_Line (File)));
         Close (File);
      end Squarer;

      Squarers : array (0 .. 7) of Squarer;
   begin
      for N in Squarers'Range loop
         Squarers (N).Start (N);
      end loop;
   end Square_All;
begin
   --  It returns when its tasks have ended.
   Square_All;
   declare
      Image : constant String := Total.Sum'Image;
   begin
      Put_Line (Image (2 .. Image'Last));
   end;
end Main;
