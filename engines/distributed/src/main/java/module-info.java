/** The distributed engine, as far as it is built: journal, leases, views and tasks in PostgreSQL, a bus over NATS. */
module leat.engine.distributed {
    requires transitive leat.kernel;
    requires transitive java.sql;
    requires com.zaxxer.hikari;
    requires io.nats.jnats;

    exports leat.engine.distributed;
}
