disp("leaving")
exit(3)
