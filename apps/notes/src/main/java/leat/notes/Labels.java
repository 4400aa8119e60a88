package leat.notes;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import leat.web.ui.Field;
import leat.web.ui.Icon;
import leat.web.ui.Status;
import leat.web.ui.Tone;

/** How pages name and colour what a note can be. */
final class Labels {
    /** Colours that pages offer; a note may have any other. */
    private static final List<Field.Option> COLORS = List.of(
            new Field.Option("", "None"),
            new Field.Option("d9483b", "Red"),
            new Field.Option("e08a00", "Orange"),
            new Field.Option("2e9e5b", "Green"),
            new Field.Option("0b8a94", "Teal"),
            new Field.Option("3b82c4", "Blue"),
            new Field.Option("8a5cc2", "Violet"));

    static final List<Field.Option> STARS = List.of(
            new Field.Option("0", "None"),
            new Field.Option("1", "★"),
            new Field.Option("2", "★★"),
            new Field.Option("3", "★★★"),
            new Field.Option("4", "★★★★"),
            new Field.Option("5", "★★★★★"));

    private Labels() {}

    static String of(Content.Status status) {
        return switch (status) {
            case BLANK -> "Blank";
            case NEW -> "New";
            case READY -> "Ready";
            case TO_DO -> "To do";
            case DOING -> "Doing";
            case REVIEW -> "Review";
            case COMPLETED -> "Completed";
        };
    }

    static Status pill(Content.Status status) {
        return Status.of(
                of(status),
                switch (status) {
                    case BLANK -> Tone.GREY;
                    case NEW -> Tone.BLUE;
                    case READY -> Tone.ACCENT;
                    case TO_DO, DOING -> Tone.AMBER;
                    case REVIEW -> Tone.SLATE;
                    case COMPLETED -> Tone.GREEN;
                });
    }

    static String of(Kind kind) {
        return switch (kind) {
            case BOOKMARK -> "Bookmark";
            case TASK -> "Task";
            case EVENT -> "Event";
            case JOURNAL -> "Journal";
            case NOTE -> "Note";
        };
    }

    static Icon icon(Kind kind) {
        return switch (kind) {
            case BOOKMARK -> Icon.LINK;
            case TASK -> Icon.FLAG;
            case EVENT -> Icon.CALENDAR;
            case JOURNAL -> Icon.CLOCK;
            case NOTE -> Icon.NOTE;
        };
    }

    static List<Field.Option> statuses() {
        return Arrays.stream(Content.Status.values())
                .map(it -> new Field.Option(Words.of(it), of(it)))
                .toList();
    }

    static List<Field.Option> kinds() {
        return Arrays.stream(Kind.values())
                .map(it -> new Field.Option(Words.of(it), of(it)))
                .toList();
    }

    static List<Field.Option> accesses() {
        return List.of(
                new Field.Option(Words.of(Content.Access.PRIVATE), "Only me"),
                new Field.Option(Words.of(Content.Access.PUBLIC), "Everybody in the organization"));
    }

    /** The colours offered, and the one that the note has. */
    static List<Field.Option> colors(String now) {
        if (COLORS.stream().anyMatch(it -> it.value().equals(now))) {
            return COLORS;
        }
        var all = new ArrayList<>(COLORS);
        all.add(new Field.Option(now, "#" + now));
        return all;
    }

    /** A moment as a field for day and time holds it. */
    static String field(Optional<Instant> moment, ZoneId zone) {
        return moment.map(it -> LocalDateTime.ofInstant(it, zone).toString()).orElse("");
    }

    /** A number of things in words: "1 note", "2 notes". */
    static String counted(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** A size in words, by the power of two: "812 bytes", "3.4 MiB". */
    static String bytes(long bytes) {
        if (bytes < 1 << 10) {
            return counted(bytes, "byte");
        }
        if (bytes < 1 << 20) {
            return bytes / (1 << 10) + " KiB";
        }
        double size = bytes < 1 << 30 ? bytes / (double) (1 << 20) : bytes / (double) (1 << 30);
        String number = String.format(Locale.ROOT, "%.1f", size).replace(".0", "");
        return number + (bytes < 1 << 30 ? " MiB" : " GiB");
    }
}
