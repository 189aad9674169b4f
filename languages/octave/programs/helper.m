function y = helper(x)
  y = 2 * x;
end
