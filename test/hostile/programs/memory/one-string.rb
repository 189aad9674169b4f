text = +"x"
loop { text << text }
