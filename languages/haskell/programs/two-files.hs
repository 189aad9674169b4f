import Helper (twice)

main :: IO ()
main = print (twice 21)
