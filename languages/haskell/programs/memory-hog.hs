main :: IO ()
main = do
  let numbers = [1 ..] :: [Integer]
  print (last numbers)
  print (head numbers)
