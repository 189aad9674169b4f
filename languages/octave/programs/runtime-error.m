1;

function r = ratio(a, b)
  r = a / b;
end

disp(ratio([1 2], [1 2 3]))
