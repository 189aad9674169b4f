import Control.Monad (forM_, when)
import Data.Array.ST (newArray, readArray, runSTUArray, writeArray)
import Data.Array.Unboxed (UArray, assocs)

limit :: Int
limit = 100000

sieve :: UArray Int Bool
sieve = runSTUArray $ do
  prime <- newArray (2, limit - 1) True
  forM_ [2 .. limit - 1] $ \n -> do
    isPrime <- readArray prime n
    when isPrime $ forM_ [n * n, n * n + n .. limit - 1] $ \multiple -> writeArray prime multiple False
  return prime

main :: IO ()
main = do
  let primes = [n | (n, True) <- assocs sieve]
  putStrLn (show (length primes) ++ " " ++ show (sum primes))
