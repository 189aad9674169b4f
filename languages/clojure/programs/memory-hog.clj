(loop [hoard []]
  (recur (conj hoard (long-array 10000))))
