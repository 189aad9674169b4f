(def limit 100000)

(defn primes-below [^long limit]
  (let [composite (boolean-array limit)]
    (filterv (fn [^long n]
               (when-not (aget composite n)
                 (doseq [multiple (range (* n n) limit n)]
                   (aset composite multiple true))
                 true))
             (range 2 limit))))

(let [primes (primes-below limit)]
  (println (count primes) (reduce + primes)))
