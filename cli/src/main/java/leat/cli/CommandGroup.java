package leat.cli;

/**
 * What an app contributes to the command line: {@code leat <name> <verb> …}.
 *
 * <p>Only the group that is called for is built, so that a command starts quickly however many apps there are.
 */
public interface CommandGroup {
    /** The module's name, which is the first word of its commands. */
    String name();

    /** One sentence for the list of commands. */
    String summary();

    /**
     * Makes the commands: an object whose class bears picocli's {@code @Command} and whose verbs are its {@code @Command}
     * methods, or classes named as its subcommands. A verb returns nothing or an exit code, and throws {@link
     * CommandFailure} to end otherwise; {@code --url}, {@code --token}, {@code --json} and {@code --help} are added to each.
     */
    Object commands(Console console);
}
