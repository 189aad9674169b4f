(println "read" (count (slurp *in*)) "characters")
