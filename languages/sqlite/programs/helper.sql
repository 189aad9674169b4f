create table helper (x integer);
insert into helper values (21);
