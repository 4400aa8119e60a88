/** The distributed engine, as far as it is built: journal, leases, views and tasks in PostgreSQL, a bus over NATS, blobs and logs in S3. */
module leat.engine.distributed {
    requires transitive leat.kernel;
    requires transitive java.sql;
    requires com.zaxxer.hikari;
    requires io.nats.jnats;
    requires software.amazon.awssdk.auth;
    requires software.amazon.awssdk.awscore;
    requires software.amazon.awssdk.core;
    requires software.amazon.awssdk.http;
    requires software.amazon.awssdk.http.urlconnection;
    requires software.amazon.awssdk.identity.spi;
    requires software.amazon.awssdk.regions;
    requires software.amazon.awssdk.retries;
    requires software.amazon.awssdk.services.s3;
    requires software.amazon.awssdk.utils;

    exports leat.engine.distributed;
}
