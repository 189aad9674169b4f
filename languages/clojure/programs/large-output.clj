(doseq [number (range 100000)]
  (println "line" number))
