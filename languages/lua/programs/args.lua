print(#arg .. " " .. arg[#arg])
