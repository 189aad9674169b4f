99999 as $limit
| reduce range(2; 317) as $n ([range(0; $limit + 1)];
    if .[$n] then reduce range($n * $n; $limit + 1; $n) as $multiple (.; .[$multiple] = null) end)
| [.[2:][] | values]
| "\(length) \(add)"
