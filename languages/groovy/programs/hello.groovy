println "drill my brain"
