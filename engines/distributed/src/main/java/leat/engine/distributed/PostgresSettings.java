package leat.engine.distributed;

import java.time.Duration;
import java.util.Properties;

/**
 * Where PostgreSQL is, and how patiently it is spoken to.
 *
 * @param tls off, or how far the server is verified
 * @param connections most that a node holds open for reading the journal, and again for its views; one more commits
 * @param statement longest that a statement may take
 * @param lock longest that a statement waits for another transaction
 */
public record PostgresSettings(
        String host,
        int port,
        String database,
        String user,
        String password,
        Tls tls,
        int connections,
        Duration statement,
        Duration lock) {
    /** Longest that a transaction may do nothing before the server ends it: a paused process must not hold its rows. */
    static final Duration IDLE_IN_TRANSACTION = Duration.ofSeconds(5);

    private static final Duration CONNECT = Duration.ofSeconds(5);

    /** How a connection is protected. */
    public enum Tls {
        /** Not at all: within one machine, or a network that is trusted. */
        OFF("disable"),
        /** Encrypted, whoever the server is. */
        ENCRYPTED("require"),
        /** Encrypted, and the server's certificate is issued for its host by an authority that is trusted. */
        VERIFIED("verify-full");

        private final String mode;

        Tls(String mode) {
            this.mode = mode;
        }
    }

    /** No TLS, 10 connections, half a minute for a statement, 10 seconds for a lock. */
    public static PostgresSettings of(String host, int port, String database, String user, String password) {
        return new PostgresSettings(
                host, port, database, user, password, Tls.OFF, 10, Duration.ofSeconds(30), Duration.ofSeconds(10));
    }

    String url() {
        return "jdbc:postgresql://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port + "/" + database;
    }

    /** For the journal, whose every statement finds its rows by a key, however few rows the planner believes there to be. */
    Properties byKey() {
        return properties(
                " -c synchronous_commit=on -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off"
                        + " -c plan_cache_mode=force_generic_plan");
    }

    /**
     * For views, whose statements the planner knows best, and which lose nothing with the last moment before a crash. It is told
     * that single pages are nearly as cheap as rows of them, as they are in memory and on disks without arms, and that these
     * statements are short: helpers and compiled code cost more than they bring.
     */
    Properties planned() {
        Properties properties = properties(" -c synchronous_commit=off -c random_page_cost=1.1"
                + " -c max_parallel_workers_per_gather=0 -c jit=off");
        // Every view has statements of its own, and any connection serves any view.
        properties.setProperty("preparedStatementCacheQueries", "1024");
        return properties;
    }

    private Properties properties(String more) {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("sslmode", tls.mode);
        properties.setProperty("ApplicationName", "leat");
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("connectTimeout", Long.toString(CONNECT.toSeconds()));
        properties.setProperty("loginTimeout", Long.toString(CONNECT.toSeconds()));
        // The server gives up first, and says why.
        properties.setProperty(
                "socketTimeout", Long.toString(statement.plus(CONNECT).toSeconds()));
        properties.setProperty("binaryTransfer", "true");
        properties.setProperty("prepareThreshold", "1");
        properties.setProperty("reWriteBatchedInserts", "true");
        properties.setProperty(
                "options",
                "-c statement_timeout=" + statement.toMillis() + " -c lock_timeout=" + lock.toMillis()
                        + " -c idle_in_transaction_session_timeout=" + IDLE_IN_TRANSACTION.toMillis()
                        + " -c client_min_messages=warning -c jit=off" + more);
        return properties;
    }

    /** For people: never the password. */
    @Override
    public String toString() {
        return "PostgreSQL at " + host + ":" + port + ", database " + database + ", user " + user;
    }
}
