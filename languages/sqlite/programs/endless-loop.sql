WITH RECURSIVE number(n) AS (
  SELECT 1
  UNION ALL
  SELECT n + 1 FROM number
)
SELECT count(*) FROM number;
