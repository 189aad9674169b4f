with Interfaces.C; use Interfaces.C;

procedure Main is
   SIGKILL : constant := 9;

   function Send (Signal : int) return int
     with Import, Convention => C, External_Name => "raise";

   Status : constant int := Send (SIGKILL) with Unreferenced;
begin
   null;
end Main;
