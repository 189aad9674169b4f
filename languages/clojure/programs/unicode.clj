(let [größe "Grüße, Γεια σου, こんにちは, 🧠"]
  (println größe (.codePointCount größe 0 (.length größe))))
