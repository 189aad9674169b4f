disp(helper(21))
