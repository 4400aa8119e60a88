package leat.mocks.template;

import org.jspecify.annotations.Nullable;

/**
 * A named change to a value, as in {@code {{ name|upper }}}.
 *
 * @param name as written in a template
 * @param signature its arguments, as words: {@code integer text?}; {@code ?} may be left out, {@code *} may repeat
 * @param seesMissing whether it is called for a missing value; if not, a missing value stays missing
 * @param preparation checks the arguments and answers the change itself; called once, at compile time, when all
 *     arguments are constants
 */
record Filter(String name, String signature, boolean seesMissing, Preparation preparation) {

    /** Checks arguments; throws IllegalArgumentException with a sentence when they will not do. */
    @FunctionalInterface
    interface Preparation {
        Change prepare(Arguments arguments);
    }

    /** From the value before to the value after. */
    @FunctionalInterface
    interface Change {
        @Nullable
        Object apply(@Nullable Object value, Rendering r);
    }

    /** A change of text, whatever the value was. */
    @FunctionalInterface
    interface TextChange {
        Object apply(String text, Rendering r);
    }

    static Filter of(String name, String signature, Preparation preparation) {
        return new Filter(name, signature, false, preparation);
    }

    static Filter seeingMissing(String name, String signature, Preparation preparation) {
        return new Filter(name, signature, true, preparation);
    }

    /** A change of text, which pays for the characters that it reads and makes. */
    static Change text(TextChange change) {
        return (value, r) -> {
            String text = Values.text(value, r);
            r.chargeChars(text.length());
            Object result = change.apply(text, r);
            if (result instanceof String made) {
                r.chargeChars(made.length());
                if (made.length() > TemplateLimits.MAX_OUTPUT_BYTES) {
                    throw r.limit(TemplateLimitException.Limit.OUTPUT);
                }
            }
            return result;
        };
    }

    int fewestArguments() {
        int fewest = 0;
        for (String word : words()) {
            fewest += word.endsWith("?") || word.endsWith("*") ? 0 : 1;
        }
        return fewest;
    }

    int mostArguments() {
        return signature.endsWith("*") ? Integer.MAX_VALUE : words().length;
    }

    private String[] words() {
        return signature.isEmpty() ? new String[0] : signature.split(" ");
    }

    /** How it is written, for advice: {@code value|center:integer}. */
    String usage() {
        return signature.isEmpty() ? "value|" + name : "value|" + name + ":" + String.join(":", words());
    }
}
