package leat.mocks.template;

/** Text that is already HTML, made by a filter that escaped what came from the request: printed bare into HTML. */
record Markup(String html) {
    /** The text as HTML shows it. */
    static String escaped(String text) {
        Utf8Buffer buffer = new Utf8Buffer(text.length() + 16);
        buffer.html(text);
        return buffer.toString();
    }
}
