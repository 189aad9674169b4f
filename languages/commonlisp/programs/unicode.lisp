(let ((größe "Grüße, Γεια σου, こんにちは, 🧠"))
  (format t "~a ~d~%" größe (length größe)))
