package leat.mocks.definition;

import static leat.mocks.definition.DiagnosticCode.KEY_DUPLICATE;
import static leat.mocks.definition.DiagnosticCode.LIMIT_EXCEEDED;
import static leat.mocks.definition.DiagnosticCode.YAML_ALIAS_LIMIT;
import static leat.mocks.definition.DiagnosticCode.YAML_MULTIPLE_DOCUMENTS;
import static leat.mocks.definition.DiagnosticCode.YAML_SYNTAX;
import static leat.mocks.definition.DiagnosticCode.YAML_TAG;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import leat.mocks.definition.YamlNode.Entry;
import leat.mocks.definition.YamlNode.Mapping;
import leat.mocks.definition.YamlNode.Scalar;
import leat.mocks.definition.YamlNode.Sequence;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Composes YAML events into nodes with places, within the limits of {@link Limits}.
 *
 * <p>It listens to the parser's events rather than let the library compose, so that a bomb of aliases is refused while
 * it is read (what aliases stand for is weighed, never expanded) and so that several mistakes are found in one pass.
 * The first mistake of pure syntax ends the reading, because what follows it cannot be trusted.
 */
final class YamlReader {
    /** The parser copies what is left of its buffer each time it reads on: a small one makes long texts quadratic. */
    private static final int BUFFER = 64 * 1024;

    private static final LoadSettings SETTINGS = LoadSettings.builder()
            .setUseMarks(true)
            .setCodePointLimit(Integer.MAX_VALUE)
            .setBufferSize(BUFFER)
            .build();
    private static final String STANDARD_TAG = "tag:yaml.org,2002:";
    private static final Set<String> KNOWN_TAGS = Set.of("str", "int", "float", "bool", "null", "map", "seq");

    private final SourceText source;
    private final Diagnostics diagnostics;
    private final ParserImpl parser;
    private final Map<String, YamlNode> anchors = new HashMap<>();
    private final Set<String> unfinished = new HashSet<>();
    private Mark reached = new Mark("", 0, 0, 0, new int[0], 0);
    private int aliases;
    private long expansion;

    private YamlReader(SourceText source, Diagnostics diagnostics) {
        this.source = source;
        this.diagnostics = diagnostics;
        this.parser = new ParserImpl(SETTINGS, new StreamReader(SETTINGS, source.text()));
    }

    /** The file's one document, or nothing when it is empty or was refused with an error. */
    static Optional<YamlNode> read(SourceText source, Diagnostics diagnostics) {
        var reader = new YamlReader(source, diagnostics);
        try {
            return reader.document();
        } catch (Stopped stopped) {
            diagnostics.error(stopped.code, stopped.place, stopped.problem, stopped.advice);
        } catch (MarkedYamlEngineException e) {
            Mark mark = e.getProblemMark().or(e::getContextMark).orElse(reader.reached);
            diagnostics.error(
                    YAML_SYNTAX,
                    source.place(mark, mark),
                    "This is not YAML: " + e.getProblem() + ".",
                    syntaxAdvice(source, mark));
        } catch (ReaderException e) {
            int at = source.text().offsetByCodePoints(0, Math.min(e.getPosition(), source.codePoints()));
            diagnostics.error(
                    YAML_SYNTAX,
                    source.between(at, at),
                    "YAML does not allow the character U+%04X here.".formatted(e.getCodePoint()),
                    "Remove it, or write it as an escape inside double quotes.");
        } catch (YamlEngineException | IllegalArgumentException | IndexOutOfBoundsException e) {
            // The parser lets some broken escapes out as the exceptions of the number parser that met them.
            diagnostics.error(
                    YAML_SYNTAX,
                    source.place(reader.reached, reader.reached),
                    "What follows here is not YAML.",
                    "Check the escapes inside double quotes: \\xNN, \\uNNNN or \\UNNNNNNNN.");
        }
        return Optional.empty();
    }

    private static String syntaxAdvice(SourceText source, Mark mark) {
        int line = source.place(mark, mark).line();
        String text = source.text().lines().skip(line - 1L).findFirst().orElse("");
        if (text.substring(0, text.length() - text.stripLeading().length()).indexOf('\t') >= 0) {
            return "This line is indented with a tab; YAML allows only spaces there.";
        }
        if (text.contains("{{") || text.contains("{%")) {
            return "Put quotes around a value with {{…}}, or begin it on the next line after `>` or `|`.";
        }
        return "Check the indentation and quotes of this line and the one before it.";
    }

    private Optional<YamlNode> document() {
        next(); // stream start
        if (parser.checkEvent(Event.ID.StreamEnd)) {
            return Optional.empty();
        }
        next(); // document start
        YamlNode root = compose(next(), 1);
        next(); // document end
        if (!parser.checkEvent(Event.ID.StreamEnd)) {
            Event second = next();
            throw new Stopped(
                    YAML_MULTIPLE_DOCUMENTS,
                    source.place(start(second), end(second)),
                    "The file holds more than one YAML document.",
                    "Remove the line `---` and keep all routes in one list.");
        }
        return Optional.of(root);
    }

    private Event next() {
        Event event = parser.next();
        reached = event.getEndMark().orElse(reached);
        return event;
    }

    private YamlNode compose(Event event, int depth) {
        if (event instanceof AliasEvent alias) {
            return resolve(alias);
        }
        if (depth > Limits.DEPTH) {
            throw new Stopped(
                    LIMIT_EXCEEDED,
                    source.place(start(event), end(event)),
                    "Lists and maps are nested more than " + Limits.DEPTH + " levels deep.",
                    "Write deeply nested bodies as text after `|`.");
        }
        Optional<String> anchor = ((NodeEvent) event).getAnchor().map(a -> a.getValue());
        anchor.ifPresent(unfinished::add);
        YamlNode node = switch (event) {
            case ScalarEvent scalar -> scalar(scalar);
            case SequenceStartEvent sequence -> sequence(sequence, depth);
            case MappingStartEvent mapping -> mapping(mapping, depth);
            default -> throw new YamlEngineException("unexpected " + event.getEventId());
        };
        anchor.ifPresent(name -> {
            unfinished.remove(name);
            anchors.put(name, node);
        });
        return node;
    }

    private YamlNode resolve(AliasEvent alias) {
        Place place = source.place(start(alias), end(alias));
        String name = alias.getAlias().getValue();
        if (unfinished.contains(name)) {
            throw new Stopped(YAML_SYNTAX, place, "*" + name + " stands inside what it names.", "Remove the alias.");
        }
        YamlNode target = anchors.get(name);
        if (target == null) {
            throw new Stopped(
                    YAML_SYNTAX,
                    place,
                    "No anchor &" + name + " stands before this.",
                    "Put &" + name + " before the value meant, or put quotes around a text that begins with *.");
        }
        expansion += target.weight();
        if (++aliases > Limits.ALIASES) {
            throw new Stopped(
                    YAML_ALIAS_LIMIT,
                    place,
                    "The file uses more than " + Limits.ALIASES + " aliases.",
                    "Write the repeated values out.");
        }
        if (expansion > Limits.ALIAS_EXPANSION) {
            throw new Stopped(
                    YAML_ALIAS_LIMIT,
                    place,
                    "The aliases of this file stand for more than 4 MiB.",
                    "Do not build aliases out of aliases.");
        }
        return target;
    }

    private Scalar scalar(ScalarEvent event) {
        Optional<String> tag = event.getTag();
        boolean text = tag.isPresent() && (tag.get().equals("!") || tag.get().equals(STANDARD_TAG + "str"));
        checkTag(tag, event);
        return new Scalar(
                event.getValue(),
                event.getScalarStyle() == ScalarStyle.PLAIN && !text,
                event.getScalarStyle(),
                start(event),
                end(event));
    }

    private Sequence sequence(SequenceStartEvent event, int depth) {
        checkTag(event.getTag(), event);
        var items = new ArrayList<YamlNode>();
        long weight = 16;
        while (!parser.checkEvent(Event.ID.SequenceEnd)) {
            YamlNode item = compose(next(), depth + 1);
            items.add(item);
            weight += item.weight();
        }
        return new Sequence(items, weight, start(event), end(next()));
    }

    private Mapping mapping(MappingStartEvent event, int depth) {
        checkTag(event.getTag(), event);
        var entries = new ArrayList<Entry>();
        var keys = new HashMap<String, Scalar>();
        var merged = new ArrayList<Mapping>();
        long weight = 16;
        while (!parser.checkEvent(Event.ID.MappingEnd)) {
            YamlNode keyNode = compose(next(), depth + 1);
            if (!(keyNode instanceof Scalar key)) {
                throw new Stopped(
                        YAML_SYNTAX,
                        source.place(keyNode),
                        "A list or a map cannot be a key.",
                        "Put quotes around a value that begins with {{, or begin it on the next line after `>` or `|`.");
            }
            YamlNode value = compose(next(), depth + 1);
            weight += key.weight() + value.weight();
            if (key.plain() && key.value().equals("<<")) {
                merge(value, merged);
                continue;
            }
            Scalar first = keys.putIfAbsent(key.value(), key);
            if (first == null) {
                entries.add(new Entry(key, value));
            } else if (!diagnostics.full()) {
                diagnostics.error(
                        KEY_DUPLICATE,
                        source.place(key),
                        "The key `" + YamlNode.shortened(key.value()) + "` stands twice in this map, first on line "
                                + (first.start().getLine() + 1) + ".",
                        "Keep one of the two.");
            }
        }
        for (Mapping other : merged) {
            for (Entry entry : other.entries()) {
                if (keys.putIfAbsent(entry.key().value(), entry.key()) == null) {
                    entries.add(entry);
                }
            }
        }
        return new Mapping(entries, weight, start(event), end(next()));
    }

    private void merge(YamlNode value, List<Mapping> merged) {
        List<YamlNode> sources = value instanceof Sequence sequence ? sequence.items() : List.of(value);
        for (YamlNode node : sources) {
            if (node instanceof Mapping mapping) {
                merged.add(mapping);
            } else {
                diagnostics.error(
                        YAML_SYNTAX,
                        source.place(node),
                        "`<<` takes a map, not " + YamlNode.kind(node) + ".",
                        "Name the anchor of a map, as in `<<: *defaults`.");
            }
        }
    }

    private void checkTag(Optional<String> tag, Event event) {
        if (tag.isEmpty() || tag.get().equals("!")) {
            return;
        }
        String name = tag.get();
        if (!name.startsWith(STANDARD_TAG) || !KNOWN_TAGS.contains(name.substring(STANDARD_TAG.length()))) {
            diagnostics.error(
                    YAML_TAG,
                    source.place(start(event), end(event)),
                    "The YAML tag " + YamlNode.shortened(name) + " means nothing here.",
                    "Remove it.");
        }
    }

    private static Mark start(Event event) {
        return event.getStartMark().orElseThrow();
    }

    private static Mark end(Event event) {
        return event.getEndMark().orElseThrow();
    }

    /** Ends the reading with one error; it carries no stack because it never leaves this class. */
    private static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient DiagnosticCode code;
        private final transient Place place;
        private final String problem;
        private final String advice;

        Stopped(DiagnosticCode code, Place place, String problem, String advice) {
            super(problem, null, false, false);
            this.code = code;
            this.place = place;
            this.problem = problem;
            this.advice = advice;
        }
    }
}
