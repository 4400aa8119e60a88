-- The journal. Times are milliseconds since 1970; ids of commands and tasks are their 16 bytes.

create table meta (
  name text primary key,
  value text not null
);

-- Whoever appends locks the rows of its partitions first: the row tells whose the partition is, at which epoch, and its
-- last position. So positions have no gaps, and nobody sees a position before all that are lower.
create table partition (
  id integer generated always as identity primary key,
  module text not null,
  number integer not null,
  owner text,
  epoch bigint not null default 0,
  until bigint not null default 0,
  head bigint not null default 0,
  unique (module, number)
) with (fillfactor = 50);

-- The nodes that share the journal; roles are words between spaces.
create table member (
  node text primary key,
  number integer not null,
  roles text not null,
  address text not null,
  since bigint not null,
  until bigint not null
) with (fillfactor = 50);

create table stream (
  id bigint generated always as identity primary key,
  name text not null unique,
  version bigint not null
) with (fillfactor = 70);

create table event (
  stream bigint not null,
  version bigint not null,
  partition integer not null,
  position bigint not null,
  type text not null,
  schema integer not null,
  at bigint not null,
  command bytea not null,
  correlation text not null,
  by text not null,
  payload bytea not null,
  primary key (stream, version),
  unique (partition, position)
);

create table command (
  id bytea primary key,
  stream bigint not null,
  position bigint not null,
  version bigint not null,
  at bigint not null
);

create table claim (
  space text not null,
  name text not null,
  holder text not null,
  primary key (space, name)
);

create table snapshot (
  stream text primary key,
  version bigint not null,
  tag text not null,
  type text not null,
  state bytea not null
);

create table process_cursor (
  process text not null,
  partition integer not null,
  position bigint not null,
  primary key (process, partition)
) with (fillfactor = 50);

create table process_state (
  process text not null,
  key text not null,
  state bytea not null,
  primary key (process, key)
);

create table process_parked (
  process text not null,
  partition integer not null,
  key text not null,
  position bigint not null,
  error text not null,
  at bigint not null,
  primary key (process, partition, key)
);

-- due is set only while the task is the first of its kind and key and not parked, so that what waits behind another
-- costs nothing when work is looked for.
create table task (
  place bigint generated always as identity primary key,
  id bytea not null unique,
  kind text not null,
  key text not null,
  state integer not null,
  due bigint,
  not_before bigint not null,
  until bigint,
  owner text,
  attempt integer not null,
  error text,
  correlation text not null,
  by text not null,
  created bigint not null,
  payload bytea not null
);

create index task_key on task (kind, key, place);

create index task_due on task (kind, due, place) where due is not null;

create index task_state on task (state, place);

-- Which schema holds the live tables of a view.
create table view_live (
  view text not null,
  tag text not null,
  schema text not null,
  primary key (view, tag)
);

create sequence view_schema;
