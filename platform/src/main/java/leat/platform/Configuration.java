package leat.platform;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * What was set where: a flag beats the environment, which beats the file, which beats the usual value.
 *
 * <p>Unknown flags and unknown lines of the file are refused, because they are mistakes. Unknown variables are not: others
 * put theirs into the environment too.
 */
final class Configuration {
    private static final String FILE = "leat.properties";

    /** Behind the name of a secret: the name of a file that holds it. */
    private static final String OF_FILE = "-file";

    private final Map<Setting, Value> values = new EnumMap<>(Setting.class);
    private final boolean printWanted;
    private final boolean helpWanted;

    /** @param origin in words: {@code --port}, {@code LEAT_PORT}, a file's name, or {@code usual} */
    record Value(String text, String origin) {}

    private Configuration(Map<Setting, Value> values, boolean printWanted, boolean helpWanted) {
        this.values.putAll(values);
        this.printWanted = printWanted;
        this.helpWanted = helpWanted;
    }

    /**
     * @param folder where {@value #FILE} is looked for when no file is named
     * @throws StartFailure when something is unknown, doubled or unreadable
     */
    static Configuration read(List<String> arguments, Map<String, String> environment, Path folder) {
        var flags = new Flags();
        flags.read(arguments);
        Map<Setting, Value> values = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            values.put(setting, new Value(setting.usual(), "usual"));
        }
        String named = flags.config.isEmpty() ? environment.getOrDefault("LEAT_CONFIG", "") : flags.config;
        if (!named.isEmpty()) {
            readFile(folder.resolve(named), named, values);
        } else if (Files.exists(folder.resolve(FILE))) {
            readFile(folder.resolve(FILE), FILE, values);
        }
        for (Setting setting : Setting.values()) {
            String text = environment.getOrDefault(setting.variable(), "");
            String variable = setting.variable() + "_FILE";
            String file = setting.secret() ? environment.getOrDefault(variable, "") : "";
            if (!text.isBlank() && !file.isBlank()) {
                throw twice(setting, setting.variable(), variable);
            }
            if (!text.isBlank()) {
                values.put(setting, new Value(text, setting.variable()));
            }
            if (!file.isBlank()) {
                values.put(setting, secretIn(folder, file, variable));
            }
        }
        flags.values.forEach((key, value) -> {
            Setting setting = setting(key, "--" + key, "--");
            values.put(setting, isFileOf(key) ? secretIn(folder, value, "--" + key) : new Value(value, "--" + key));
        });
        return new Configuration(values, flags.print, flags.help);
    }

    private static boolean isFileOf(String key) {
        return key.endsWith(OF_FILE);
    }

    /** The setting that a name sets: its own, or the file of a secret. */
    private static Setting setting(String key, String what, String prefix) {
        return isFileOf(key)
                ? Setting.of(key.substring(0, key.length() - OF_FILE.length()))
                        .filter(Setting::secret)
                        .orElseThrow(() -> unknown(what, prefix, key))
                : Setting.of(key).orElseThrow(() -> unknown(what, prefix, key));
    }

    private static Value secretIn(Path folder, String file, String origin) {
        Path path = folder.resolve(file.strip());
        try {
            return new Value(Files.readString(path).strip(), "the file of " + origin);
        } catch (IOException e) {
            throw StartFailure.misconfigured("The file " + path.toAbsolutePath().normalize() + ", which " + origin
                    + " names, " + (Files.exists(path) ? "cannot be read." : "does not exist."));
        }
    }

    private static StartFailure twice(Setting setting, String one, String other) {
        return StartFailure.misconfigured(
                setting.key() + " is set twice, by " + one + " and by " + other + "; leave one of them.");
    }

    String text(Setting setting) {
        return value(setting).text().strip();
    }

    String origin(Setting setting) {
        return value(setting).origin();
    }

    /** Whether it is other than usual. */
    boolean isSet(Setting setting) {
        return !text(setting).equals(setting.usual());
    }

    boolean helpWanted() {
        return helpWanted;
    }

    boolean printWanted() {
        return printWanted;
    }

    /** Every setting with its value and origin, as lines of a file that would set the same. Secrets stay hidden. */
    List<String> lines() {
        var lines = new ArrayList<String>();
        for (Setting setting : Setting.values()) {
            String text = setting.secret() && !text(setting).isEmpty() ? "(hidden)" : text(setting);
            lines.add("# " + setting.description() + " [" + origin(setting) + "]");
            lines.add(setting.key() + " = " + text);
        }
        return lines;
    }

    /** What can be set, for {@code --help}. */
    static List<String> help() {
        var lines = new ArrayList<String>();
        lines.add(
                "Every setting is a flag, a variable of the environment, or a line of leat.properties; the first wins.");
        for (Setting setting : Setting.values()) {
            lines.add("");
            lines.add("  --" + setting.key()
                    + (setting.secret() ? OF_FILE + " FILE" : " " + setting.usual()).stripTrailing() + "   ["
                    + setting.variable() + (setting.secret() ? " or " + setting.variable() + "_FILE" : "") + "]");
            lines.add("      " + setting.description());
        }
        lines.add("");
        lines.add("  --config FILE   [LEAT_CONFIG]");
        lines.add("      reads settings from this file instead of leat.properties");
        lines.add("  --print-config");
        lines.add("      shows every setting and where it came from, without secrets");
        return lines;
    }

    private Value value(Setting setting) {
        Value value = values.get(setting);
        if (value == null) {
            throw new IllegalStateException(setting + " has no value");
        }
        return value;
    }

    private static final class Flags {
        /** Texts by the names they were given under. */
        final Map<String, String> values = new LinkedHashMap<>();

        String config = "";
        boolean print;
        boolean help;

        void read(List<String> arguments) {
            for (int i = 0; i < arguments.size(); i++) {
                String argument = arguments.get(i);
                if (argument.equals("--print-config")) {
                    print = true;
                    continue;
                }
                if (argument.equals("--help") || argument.equals("-h")) {
                    help = true;
                    continue;
                }
                if (!argument.startsWith("--")) {
                    throw StartFailure.misconfigured(
                            "\"" + argument + "\" is not understood; settings look like --port 8080.");
                }
                int equals = argument.indexOf('=');
                String key = argument.substring(2, equals < 0 ? argument.length() : equals);
                if (!key.equals("config")) {
                    refuseShown(setting(key, "--" + key, "--"), key);
                }
                if (equals < 0 && i + 1 == arguments.size()) {
                    throw StartFailure.misconfigured("--" + key + " needs a value.");
                }
                String text = equals < 0 ? arguments.get(++i) : argument.substring(equals + 1);
                if (key.equals("config")) {
                    config = text;
                } else {
                    values.put(key, text);
                }
            }
        }

        private static void refuseShown(Setting setting, String key) {
            if (setting.secret() && !isFileOf(key)) {
                throw StartFailure.misconfigured(
                        "--" + key + " would show a secret to everybody who lists processes;" + " set "
                                + setting.variable() + ", or name a file that holds it with --" + key + OF_FILE + ".");
            }
        }
    }

    private static void readFile(Path file, String name, Map<Setting, Value> values) {
        var lines = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            lines.load(reader);
        } catch (IOException e) {
            throw StartFailure.misconfigured(
                    "The configuration file " + file.toAbsolutePath().normalize()
                            + (Files.exists(file) ? " cannot be read: " + e.getMessage() + "." : " does not exist."));
        } catch (IllegalArgumentException e) {
            throw StartFailure.misconfigured("The configuration file " + name + " has a broken \\u escape.");
        }
        for (String key : lines.stringPropertyNames()) {
            Setting setting = setting(key, "\"" + key + "\" in " + name, "");
            String text = lines.getProperty(key);
            values.put(setting, isFileOf(key) ? secretIn(beside(file), text, name) : new Value(text, name));
        }
    }

    /** Names in a file are as seen from its folder. */
    private static Path beside(Path file) {
        return file.toAbsolutePath().resolveSibling("");
    }

    private static StartFailure unknown(String what, String prefix, String key) {
        return StartFailure.misconfigured("There is no setting " + what
                + Setting.like(key)
                        .map(near -> "; did you mean " + prefix + near.key() + "?")
                        .orElse("; --print-config lists them all."));
    }
}
