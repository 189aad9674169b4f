procedure Main is
   type Block;
   type Pointer is access Block;
   type Numbers is array (1 .. 10_000) of Integer;
   type Block is record
      Content : Numbers := (others => 1);
      Next    : Pointer;
   end record;

   Hoard : Pointer;
begin
   loop
      Hoard := new Block'(Next => Hoard, others => <>);
   end loop;
end Main;
