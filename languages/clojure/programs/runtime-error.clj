(defn ratio [a b]
  (/ a b))

(println (ratio 1 0))
