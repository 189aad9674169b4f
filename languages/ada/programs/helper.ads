package Helper is
   function Twice (X : Integer) return Integer;
end Helper;
