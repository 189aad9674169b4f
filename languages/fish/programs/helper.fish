function twice
    math 2 x $argv[1]
end
