CREATE TABLE input (line TEXT);
.import /dev/stdin input
SELECT 'read ' || coalesce(sum(length(line)), 0) || ' characters' FROM input;
