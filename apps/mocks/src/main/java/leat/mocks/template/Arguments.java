package leat.mocks.template;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What stands behind the colons of a filter; reading one as what it is not throws IllegalArgumentException. */
final class Arguments {
    private final @Nullable Object[] values;

    Arguments(@Nullable Object[] values) {
        this.values = values;
    }

    int count() {
        return values.length;
    }

    boolean has(int index) {
        return index < values.length;
    }

    @Nullable
    Object value(int index) {
        return values[index];
    }

    String text(int index) {
        Object value = values[index];
        return switch (value) {
            case null -> "";
            case String s -> s;
            case Number n -> Numbers.text(n);
            case Boolean b -> b.toString();
            case Repeated r -> r.first();
            default -> throw new IllegalArgumentException("An argument must be text, not a list or a map.");
        };
    }

    String text(int index, String otherwise) {
        return has(index) ? text(index) : otherwise;
    }

    int integer(int index, int least, int most) {
        BigDecimal number = Numbers.readForSums(values[index]);
        if (number == null
                || number.stripTrailingZeros().scale() > 0
                || number.compareTo(BigDecimal.valueOf(least)) < 0
                || number.compareTo(BigDecimal.valueOf(most)) > 0) {
            throw new IllegalArgumentException("Argument " + (index + 1) + " must be a whole number from " + least
                    + " to " + most + ", not \"" + shown(index) + "\".");
        }
        return number.intValue();
    }

    BigDecimal number(int index) {
        BigDecimal number = Numbers.readForSums(values[index]);
        if (number == null) {
            throw new IllegalArgumentException(
                    "Argument " + (index + 1) + " must be a number, not \"" + shown(index) + "\".");
        }
        return number;
    }

    private String shown(int index) {
        String text = text(index);
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
