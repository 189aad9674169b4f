100_000.times { println "line $it" }
