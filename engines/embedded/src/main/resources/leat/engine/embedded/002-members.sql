-- The nodes that share the journal. Here there is one at a time, but a journal is the same everywhere.
create table member (
  node text primary key,
  number integer not null,
  roles text not null,
  address text not null,
  since integer not null,
  until integer not null
);
