/** The test kit: an engine in memory, crashes on demand, a settable clock, and the contract every engine keeps. */
module leat.kernel.test {
    requires transitive leat.kernel;
    requires transitive org.junit.jupiter.api;
    requires transitive org.assertj.core;
    requires org.xerial.sqlitejdbc;

    exports leat.kernel.test;
}
