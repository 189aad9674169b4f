CREATE TABLE hoard (content BLOB);

WITH RECURSIVE number(n) AS (
  SELECT 1
  UNION ALL
  SELECT n + 1 FROM number
)
INSERT INTO hoard SELECT randomblob(10000) FROM number;
