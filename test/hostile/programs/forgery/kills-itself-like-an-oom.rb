Process.kill(:KILL, $$)
sleep
