/** Mocks: APIs that answer before they exist. */
module leat.mocks {
    requires transitive leat.kernel;
    requires transitive leat.web;
    requires transitive leat.cli;
    requires leat.accounts;
    requires org.snakeyaml.engine;

    exports leat.mocks;

    opens leat.mocks to
            info.picocli;
}
