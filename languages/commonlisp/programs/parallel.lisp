(defun path (n)
  (format nil "/tmp/square-~d" n))

(defun write-square (n)
  (with-open-file (file (path n) :direction :output)
    (print (* n n) file)))

(defun read-square (n)
  (with-open-file (file (path n))
    (read file)))

(let* ((numbers (loop for n below 8 collect n))
       (threads (loop for n in numbers
                      collect (sb-thread:make-thread #'write-square :arguments (list n)))))
  (mapc #'sb-thread:join-thread threads)
  (format t "~d~%" (reduce #'+ (mapcar #'read-square numbers))))
