(import '(java.nio.file Files)
        '(java.nio.file.attribute FileAttribute))

(def folder (.toFile (Files/createTempDirectory "squares" (make-array FileAttribute 0))))

(defn write-square [n]
  (let [file (clojure.java.io/file folder (str n))]
    (spit file (* n n))
    file))

(let [files (mapv #(future (write-square %)) (range 8))]
  (println (reduce + (map #(parse-long (slurp @%)) files))))
(shutdown-agents)
