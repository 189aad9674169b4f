"drill my brain"
