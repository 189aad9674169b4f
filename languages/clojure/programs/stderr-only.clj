(binding [*out* *err*]
  (println "only a warning"))
