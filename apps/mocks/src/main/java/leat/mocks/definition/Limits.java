package leat.mocks.definition;

/**
 * The limits of a mock's file, each with its unit; a file beyond one of them is refused with a diagnostic that names it.
 */
public final class Limits {
    /** Bytes of the whole file; a bigger one is refused before it is parsed. */
    public static final int FILE_BYTES = 2 * 1024 * 1024;
    /** Uses of anchors ({@code *name}) in a file. */
    public static final int ALIASES = 50;
    /** What all aliases together may stand for: characters, each value counting sixteen more. */
    public static final long ALIAS_EXPANSION = 4L * 1024 * 1024;
    /** Levels of lists and maps inside each other. */
    public static final int DEPTH = 50;
    /** Routes in a file. */
    public static final int ROUTES = 20_000;
    /** Characters of a route's path. */
    public static final int PATH_CHARACTERS = 2_048;
    /** Segments of a route's path. */
    public static final int PATH_SEGMENTS = 64;
    /** Choices of one {@code enum(…)}. */
    public static final int ENUM_CHOICES = 64;
    /** Declared query parameters of one route. */
    public static final int QUERY_PARAMETERS = 64;
    /** Headers of one response, a repeated header counting each time. */
    public static final int HEADERS = 64;
    /** Characters of one header's value as written. */
    public static final int HEADER_CHARACTERS = 8_192;
    /** Bytes (UTF-8) of one response body as written, and of one request body sample. */
    public static final int BODY_BYTES = 1024 * 1024;
    /** Diagnostics reported for one file; errors are kept before warnings. */
    public static final int DIAGNOSTICS = 100;

    private Limits() {}
}
