print("drill my brain")
