-- An entity's version is that of its last event; keeping it here as well cost a row more with every command.
alter table stream drop column version;
