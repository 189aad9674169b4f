disp("drill my brain")
