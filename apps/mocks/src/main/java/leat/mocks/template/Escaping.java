package leat.mocks.template;

import java.util.Locale;

/** How values are made safe for the document that they are printed into; {@code |safe} switches it off for one tag. */
public enum Escaping {
    /** Values are printed as they are; for plain text. */
    NONE,
    /** {@code & < > " '} become entities; for HTML and XML. */
    HTML,
    /**
     * Inside a JSON string a value is escaped as string content. Outside, it is printed as a JSON value: numbers,
     * booleans, lists and maps as such, missing as {@code null}, text bare when it reads as a JSON number, {@code true},
     * {@code false} or {@code null}, and else as a JSON string.
     */
    JSON;

    /** The escaping for a Content-Type header's value, parameters and letter case aside. */
    public static Escaping forContentType(String contentType) {
        int semicolon = contentType.indexOf(';');
        String type = (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
        if (type.endsWith("/json") || type.endsWith("+json")) {
            return JSON;
        }
        return type.equals("text/html") || type.endsWith("/xml") || type.endsWith("+xml") ? HTML : NONE;
    }
}
