Process.kill("KILL", Process.pid)
sleep
