-- An event's place is its partition's id * 2^40 + its position: one integer key, so that a partition is read in one run.

create table meta (
  name text primary key,
  value text not null
) without rowid;

create table partition (
  id integer primary key,
  module text not null,
  number integer not null,
  owner text,
  epoch integer not null default 0,
  until integer not null default 0,
  unique (module, number)
);

-- Grows with every change of a partition's epoch or owner; the first thing that each transaction reads.
create table fence (
  changes integer not null
);

insert into fence (changes) values (0);

-- Event types and kinds of tasks, stored once.
create table word (
  id integer primary key,
  word text not null unique
);

create table stream (
  id integer primary key,
  name text not null unique
);

-- Events that are durable but not yet sorted: a row a commit. They are few, and a running journal has them in memory.
create table late (
  seq integer primary key,
  events blob not null
);

-- Sorted events: consecutive ones of a partition, under the place of the last.
create table segment (
  place integer primary key,
  events blob not null
);

-- Where consecutive events of an entity are, under the version of the last.
create table run (
  stream integer not null,
  version integer not null,
  places blob not null,
  primary key (stream, version)
) without rowid;

-- What the commands of sorted events did, and those that led to no event.
create table command (
  id blob primary key,
  stream integer not null,
  position integer not null,
  version integer not null,
  at integer not null
) without rowid;

create table claim (
  space text not null,
  name text not null,
  stream integer not null,
  primary key (space, name)
) without rowid;

create table snapshot (
  stream integer primary key,
  version integer not null,
  tag text not null,
  type text not null,
  state blob not null
);

create table process_cursor (
  process text not null,
  partition integer not null,
  position integer not null,
  primary key (process, partition)
) without rowid;

create table process_state (
  process text not null,
  key text not null,
  state blob not null,
  primary key (process, key)
) without rowid;

create table process_parked (
  process text not null,
  partition integer not null,
  key text not null,
  position integer not null,
  error text not null,
  at integer not null,
  primary key (process, partition, key)
) without rowid;

-- due is set only while the task is the first of its kind and key and not parked, so that what waits behind another
-- costs nothing when work is looked for.
create table task (
  place integer primary key,
  id blob not null unique,
  kind integer not null,
  key text not null,
  state integer not null,
  due integer,
  not_before integer not null,
  until integer,
  owner text,
  attempt integer not null,
  error text,
  correlation text not null,
  by text not null,
  created integer not null,
  payload blob not null
);

create index task_key on task (kind, key, place);

create index task_due on task (kind, due, place) where due is not null;

create index task_state on task (state, kind);
