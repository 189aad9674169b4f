import System.IO (hPutStrLn, stderr)

main :: IO ()
main = hPutStrLn stderr "only a warning"
