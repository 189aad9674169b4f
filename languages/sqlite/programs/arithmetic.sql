CREATE TABLE composite (n INTEGER PRIMARY KEY) WITHOUT ROWID;

INSERT OR IGNORE INTO composite
SELECT multiple.value
FROM generate_series(2, 316) AS n, generate_series(n.value * n.value, 99999, n.value) AS multiple;

SELECT count(*) || ' ' || sum(value)
FROM generate_series(2, 99999)
WHERE value NOT IN composite;
