exec sh -c "kill -KILL [pid]"
