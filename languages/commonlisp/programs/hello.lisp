(write-line "drill my brain")
