package leat.mocks.template;

/** Where in a JSON document its text so far ends: outside strings, inside one, or in the middle of an escape. */
final class JsonPlace {
    static final int OUTSIDE = 0;
    static final int STRING = 1;
    private static final int BACKSLASH = 2;
    /** One digit of a {@code \}{@code uXXXX} escape is missing; the next states miss one more each. */
    private static final int ONE_DIGIT = 3;

    private JsonPlace() {}

    static int after(int place, String text, int start, int end) {
        int now = place;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            now = switch (now) {
                case OUTSIDE -> c == '"' ? STRING : OUTSIDE;
                case STRING -> c == '"' ? OUTSIDE : c == '\\' ? BACKSLASH : STRING;
                case BACKSLASH -> c == 'u' ? ONE_DIGIT + 3 : STRING;
                case ONE_DIGIT -> STRING;
                default -> now - 1;
            };
        }
        return now;
    }
}
