for number in (seq 0 99999)
    echo "line $number"
end
