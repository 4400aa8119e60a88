package leat.platform;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
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

    private final Map<Setting, Value> values = new EnumMap<>(Setting.class);
    private final boolean printWanted;

    /** @param origin in words: {@code --port}, {@code LEAT_PORT}, a file's name, or {@code usual} */
    record Value(String text, String origin) {}

    private Configuration(Map<Setting, Value> values, boolean printWanted) {
        this.values.putAll(values);
        this.printWanted = printWanted;
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
            if (!text.isBlank()) {
                values.put(setting, new Value(text, setting.variable()));
            }
        }
        values.putAll(flags.values);
        return new Configuration(values, flags.print);
    }

    String text(Setting setting) {
        return value(setting).text().strip();
    }

    String origin(Setting setting) {
        return value(setting).origin();
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

    private Value value(Setting setting) {
        Value value = values.get(setting);
        if (value == null) {
            throw new IllegalStateException(setting + " has no value");
        }
        return value;
    }

    private static final class Flags {
        final Map<Setting, Value> values = new EnumMap<>(Setting.class);
        String config = "";
        boolean print;

        void read(List<String> arguments) {
            for (int i = 0; i < arguments.size(); i++) {
                String argument = arguments.get(i);
                if (argument.equals("--print-config")) {
                    print = true;
                    continue;
                }
                if (!argument.startsWith("--")) {
                    throw StartFailure.misconfigured("\"" + argument + "\" is not understood; settings look like --port 8080.");
                }
                int equals = argument.indexOf('=');
                String key = argument.substring(2, equals < 0 ? argument.length() : equals);
                boolean known = key.equals("config") || Setting.of(key).isPresent();
                if (!known) {
                    throw unknown("--" + key, "--", key);
                }
                if (equals < 0 && i + 1 == arguments.size()) {
                    throw StartFailure.misconfigured("--" + key + " needs a value.");
                }
                String text = equals < 0 ? arguments.get(++i) : argument.substring(equals + 1);
                if (key.equals("config")) {
                    config = text;
                } else {
                    values.put(Setting.of(key).orElseThrow(), new Value(text, "--" + key));
                }
            }
        }
    }

    private static void readFile(Path file, String name, Map<Setting, Value> values) {
        var lines = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            lines.load(reader);
        } catch (IOException e) {
            throw StartFailure.misconfigured("The configuration file " + file.toAbsolutePath().normalize()
                    + (Files.exists(file) ? " cannot be read: " + e.getMessage() + "." : " does not exist."));
        } catch (IllegalArgumentException e) {
            throw StartFailure.misconfigured("The configuration file " + name + " has a broken \\u escape.");
        }
        for (String key : lines.stringPropertyNames()) {
            Setting setting =
                    Setting.of(key).orElseThrow(() -> unknown("\"" + key + "\" in " + name, "", key));
            values.put(setting, new Value(lines.getProperty(key), name));
        }
    }

    private static StartFailure unknown(String what, String prefix, String key) {
        return StartFailure.misconfigured("There is no setting " + what
                + Setting.like(key)
                        .map(near -> "; did you mean " + prefix + near.key() + "?")
                        .orElse("; --print-config lists them all."));
    }
}
