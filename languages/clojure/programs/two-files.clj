(load-file "helper.clj")
(println (twice 21))
