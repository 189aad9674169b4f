kill -KILL $fish_pid
