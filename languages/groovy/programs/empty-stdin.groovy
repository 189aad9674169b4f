println "read ${System.in.text.length()} characters"
