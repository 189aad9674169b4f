import System.Environment (getArgs)

main :: IO ()
main = do
  args <- getArgs
  putStrLn (show (length args) ++ " " ++ last args)
