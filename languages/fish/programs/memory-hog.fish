set text x
while true
    set text $text$text
end
