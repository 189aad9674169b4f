exit!(fork ? 5 : 0)
