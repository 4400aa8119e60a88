/** The words of Leat as Java: deciders, the journal, views, processes, tasks, asks, blobs and logs. */
module leat.kernel {
    requires transitive org.jspecify;
    requires transitive tools.jackson.databind;
    requires transitive java.sql;

    exports leat.kernel;
    exports leat.kernel.port;
    exports leat.kernel.runtime;
    exports leat.kernel.sql;
}
