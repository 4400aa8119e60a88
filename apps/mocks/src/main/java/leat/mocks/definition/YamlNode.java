package leat.mocks.definition;

import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** A parsed YAML value that still knows where it stands; what an alias stands for is shared, not copied. */
sealed interface YamlNode {
    Mark start();

    Mark end();

    /** How much it counts against {@link Limits#ALIAS_EXPANSION}. */
    long weight();

    /** @param plain written without quotes, so that it may mean a number, a boolean or nothing */
    record Scalar(String value, boolean plain, ScalarStyle style, Mark start, Mark end) implements YamlNode {
        @Override
        public long weight() {
            return 16L + value.length();
        }

        boolean isNull() {
            return plain
                    && switch (value) {
                        case "", "~", "null", "Null", "NULL" -> true;
                        default -> false;
                    };
        }
    }

    record Sequence(List<YamlNode> items, long weight, Mark start, Mark end) implements YamlNode {}

    record Mapping(List<Entry> entries, long weight, Mark start, Mark end) implements YamlNode {
        Optional<Entry> entry(String key) {
            for (Entry entry : entries) {
                if (entry.key().value().equals(key)) {
                    return Optional.of(entry);
                }
            }
            return Optional.empty();
        }
    }

    record Entry(Scalar key, YamlNode value) {}

    /** What a person would call it in a message. */
    static String kind(YamlNode node) {
        return switch (node) {
            case Scalar scalar when scalar.isNull() -> "nothing";
            case Scalar scalar -> "the text “" + shortened(scalar.value()) + "”";
            case Sequence sequence -> "a list of " + sequence.items().size();
            case Mapping mapping -> "a map of " + mapping.entries().size();
        };
    }

    static String shortened(String text) {
        String line = text.strip().replace('\n', ' ');
        return line.length() <= 40 ? line : line.substring(0, 39) + "…";
    }
}
