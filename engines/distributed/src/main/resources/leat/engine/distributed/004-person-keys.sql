-- The keys under which events hold what is personal, wrapped by the master key; one that was destroyed leaves its time.
create table person_key (
  person text primary key,
  wrapped bytea,
  forgotten_at bigint
);

create index person_key_forgotten on person_key (forgotten_at) where forgotten_at is not null;
