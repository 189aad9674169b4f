set folder (mktemp -d)
for n in (seq 0 7)
    sh -c "echo \$(($n * $n)) > $folder/$n" &
end
wait
math (cat $folder/* | string join +)
