package leat.mocks.template;

import org.jspecify.annotations.Nullable;

/** How one tag prints its value: chosen at compile time from the escaping and the place where the tag stands. */
enum Style {
    /** As it is. */
    BARE {
        @Override
        void print(@Nullable Object value, Rendering r) {
            r.out.text(Values.text(value, r));
        }
    },
    /** As text in HTML or XML. */
    HTML {
        @Override
        void print(@Nullable Object value, Rendering r) {
            if (value instanceof Markup markup) {
                r.out.text(markup.html());
            } else {
                r.out.html(Values.text(value, r));
            }
        }
    },
    /** As content of a JSON string. */
    JSON_CONTENT {
        @Override
        void print(@Nullable Object value, Rendering r) {
            r.out.jsonContent(value instanceof String text ? text : Values.text(value, r));
        }
    },
    /** As a JSON value. */
    JSON_VALUE {
        @Override
        void print(@Nullable Object value, Rendering r) {
            switch (value) {
                case String text -> printText(text, r);
                case Repeated repeated -> printText(repeated.first(), r);
                case null, default -> JsonText.write(value, r.out, r);
            }
        }

        private void printText(String text, Rendering r) {
            if (isScalar(text)) {
                r.out.text(text);
            } else {
                r.out.jsonString(text);
            }
        }

        private boolean isScalar(String text) {
            return switch (text) {
                case "true", "false", "null" -> true;
                default -> Numbers.isPrintable(text);
            };
        }
    };

    abstract void print(@Nullable Object value, Rendering r);
}
