package leat.platform;

/**
 * Runs a few commands against nobody, so that the JVM learns which classes the command line needs. Its exit code says
 * nothing: a command that finds no server is rehearsed as well as any.
 */
final class CliRehearsal {
    private CliRehearsal() {}

    public static void main(String[] arguments) {
        Cli.run("version");
        Cli.run("--help");
        Cli.run("login", "--help");
        Cli.run("whoami", "--url", "http://127.0.0.1:1", "--json");
        Cli.run("whoami", "--url", "http://127.0.0.1:1");
    }
}
