main :: IO ()
main = putStrLn (größe ++ " " ++ show (length größe))
  where
    größe = "Grüße, Γεια σου, こんにちは, 🧠"
