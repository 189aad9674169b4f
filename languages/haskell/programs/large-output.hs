main :: IO ()
main = mapM_ (\number -> putStrLn ("line " ++ show number)) [0 .. 99999 :: Int]
