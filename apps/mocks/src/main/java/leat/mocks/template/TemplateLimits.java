package leat.mocks.template;

/** Every bound of the template language, so that no template can cost more than its server wants to pay. */
public final class TemplateLimits {
    /** Longest source, in UTF-16 characters. Exceeding it is a compile error. */
    public static final int MAX_SOURCE_CHARS = 1 << 20;

    /** Largest rendered output, in bytes of UTF-8; also the longest text that a filter may make. */
    public static final int MAX_OUTPUT_BYTES = 1 << 20;

    /**
     * Most steps of one rendering. A tag, a turn of a loop, a filter and a comparison cost one step each; work on long
     * values costs one more per {@value #CHARS_PER_STEP} characters or {@value #ITEMS_PER_STEP} items.
     */
    public static final int MAX_STEPS = 100_000;

    /** Deepest nesting of block tags, and of brackets and {@code not} in a condition. */
    public static final int MAX_NESTING = 32;

    /** Longest list that {@code range} makes. */
    public static final int MAX_RANGE = 10_000;

    /** Deepest nesting of a list or map that can be printed. */
    public static final int MAX_VALUE_NESTING = 128;

    /** Most problems that one compilation reports; it stops looking after them. */
    public static final int MAX_PROBLEMS = 50;

    static final int CHARS_PER_STEP = 256;
    static final int ITEMS_PER_STEP = 8;

    private TemplateLimits() {}
}
