(println (count *command-line-args*) (last *command-line-args*))
