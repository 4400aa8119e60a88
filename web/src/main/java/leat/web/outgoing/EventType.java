package leat.web.outgoing;

import java.util.regex.Pattern;

/**
 * A kind of event that a module tells the outside of: {@code m.adds(EventType.class, …)}. It is a promise to programs
 * elsewhere: its name and the members of its data stay, and more may come.
 *
 * @param name a noun and what happened to it: {@code note.created}
 * @param description one sentence on when it happens
 * @param data the record that stands in the event as {@code data}
 */
public record EventType(String name, String description, Class<? extends Record> data) {
    private static final Pattern NAME = Pattern.compile("[a-z]+(-[a-z]+)*\\.[a-z]+(-[a-z]+)*");

    public EventType {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("\"" + name + "\" is no name for an event type, such as note.created");
        }
    }
}
