(ns warm
  (:require [clojure.set :as set]
            [clojure.string :as string]))

(defrecord Point [x y])

(defn squares [n]
  (->> (range n) (map #(* % %)) (filter even?) (into (sorted-set))))

(println (string/join " " (set/union (squares 10) #{1 2})) (map->Point {:x 1 :y 2}) (frequencies "brain"))
(println @(future (slurp "/tmp/warm.clj")))
(shutdown-agents)
