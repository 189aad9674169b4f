WITH greeting(größe) AS (VALUES ('Grüße, Γεια σου, こんにちは, 🧠'))
SELECT größe || ' ' || length(größe) FROM greeting;
