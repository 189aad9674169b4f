(dotimes (number 100000)
  (format t "line ~d~%" number))
