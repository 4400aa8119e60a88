package leat.mocks.template;

import java.util.List;

/** The names that a variable can begin with, before any {@code for} or {@code with} adds its own. */
public final class Roots {
    public static final String PATH = "path-params";
    public static final String QUERY = "query-params";
    public static final String HEADER = "header-params";
    public static final String JSON = "json-params";
    public static final String MESSAGE = "message";

    /** What {@link Variables} provides. */
    public static final List<String> REQUEST = List.of(PATH, QUERY, HEADER, JSON, MESSAGE);

    static final String NOW = "now";
    static final String UUID = "uuid";
    static final String RANDOM = "random";

    /** What {@link RenderContext} provides. */
    static final List<String> BUILT_IN = List.of(NOW, UUID, RANDOM);

    private Roots() {}
}
