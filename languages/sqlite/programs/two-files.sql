.read helper.sql
select 2 * x from helper;
