main = print X
