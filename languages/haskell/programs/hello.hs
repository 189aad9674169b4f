main :: IO ()
main = putStrLn "drill my brain"
