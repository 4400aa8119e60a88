package leat.kernel.sql;

/** The databases that views live in, for the rare statement that is written differently in each. */
public enum Dialect {
    SQLITE,
    POSTGRESQL
}
