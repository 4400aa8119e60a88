/** The distributed engine: journal, leases, views and tasks in PostgreSQL, a bus over NATS, blobs and logs in S3. */
module leat.engine.distributed {
    requires transitive leat.kernel;
    requires transitive java.sql;
    requires com.zaxxer.hikari;
    requires io.nats.jnats;

    exports leat.engine.distributed;
}
