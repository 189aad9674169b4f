main :: IO ()
main = do
  text <- getContents
  putStrLn ("read " ++ show (length text) ++ " characters")
