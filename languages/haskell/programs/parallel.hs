import Control.Concurrent (forkIO, newEmptyMVar, putMVar, takeMVar)
import Control.Monad (forM)
import System.Directory (getTemporaryDirectory)
import System.FilePath ((</>))

main :: IO ()
main = do
  folder <- getTemporaryDirectory
  written <- forM [0 .. 7 :: Int] $ \n -> do
    path <- newEmptyMVar
    _ <- forkIO $ do
      let file = folder </> show n
      writeFile file (show (n * n))
      putMVar path file
    return path
  squares <- mapM (\path -> takeMVar path >>= readFile) written
  print (sum (map read squares) :: Int)
