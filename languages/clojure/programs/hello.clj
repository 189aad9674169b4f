(println "drill my brain")
