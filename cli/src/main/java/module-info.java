/** The command line: commands speak HTTP to a running Leat and print for people or for programs. */
module leat.cli {
    requires transitive leat.kernel;
    requires transitive info.picocli;
    requires transitive java.net.http;

    exports leat.cli;

    opens leat.cli to
            info.picocli;
}
