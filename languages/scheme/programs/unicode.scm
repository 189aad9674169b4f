(let ((größe "Grüße, Γεια σου, こんにちは, 🧠"))
  (format #t "~a ~a~%" größe (string-length größe)))
