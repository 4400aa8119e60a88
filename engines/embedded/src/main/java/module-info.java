/** The embedded engine: a SQLite journal, files for blobs and logs, and a bus within the process. */
module leat.engine.embedded {
    requires transitive leat.kernel;
    requires org.xerial.sqlitejdbc;

    exports leat.engine.embedded;
}
