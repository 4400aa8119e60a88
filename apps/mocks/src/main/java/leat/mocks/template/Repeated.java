package leat.mocks.template;

import java.util.List;

/** The values of a query parameter or header given more than once: prints as the first, loops over all. Never empty. */
public record Repeated(List<String> values) {
    public Repeated {
        values = List.copyOf(values);
        if (values.isEmpty()) {
            throw new IllegalArgumentException("a repeated value needs at least one");
        }
    }

    String first() {
        return values.getFirst();
    }
}
