function ratio
    math $argv[1] / $argv[2]
end

ratio 1 0
