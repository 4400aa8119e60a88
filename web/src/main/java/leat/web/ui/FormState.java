package leat.web.ui;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import leat.kernel.Refusal;

/**
 * What a form shows: the values typed so far and what is wrong with them, so that a refused submission comes back as it
 * was, with each sentence at its field. Immutable.
 *
 * <p>A violation whose field is empty, or is none that the form shows, belongs to the form as a whole.
 */
public record FormState(Map<String, List<String>> values, List<Refusal.Violation> violations) {
    private static final FormState EMPTY = new FormState(Map.of(), List.of());

    public FormState {
        var copy = new LinkedHashMap<String, List<String>>();
        values.forEach((name, all) -> copy.put(name, List.copyOf(all)));
        values = java.util.Collections.unmodifiableMap(copy);
        violations = List.copyOf(violations);
    }

    public static FormState empty() {
        return EMPTY;
    }

    /** The same form after a refusal; one without violations becomes a sentence about the whole form. */
    public FormState refused(Refusal refusal) {
        return new FormState(
                values,
                refusal.violations().isEmpty()
                        ? List.of(new Refusal.Violation("", refusal.code(), refusal.message()))
                        : refusal.violations());
    }

    public FormState with(String name, String... value) {
        var more = new LinkedHashMap<>(values);
        more.put(name, List.of(value));
        return new FormState(more, violations);
    }

    public FormState violating(String field, String sentence) {
        var more = new ArrayList<>(violations);
        more.add(new Refusal.Violation(field, "invalid", sentence));
        return new FormState(values, more);
    }

    /** The first value, or the empty text. */
    public String value(String name) {
        return values(name).stream().findFirst().orElse("");
    }

    public List<String> values(String name) {
        return values.getOrDefault(name, List.of());
    }

    /** Whether a checkbox of this name and value was ticked. */
    public boolean has(String name, String value) {
        return values(name).contains(value);
    }

    /** The first thing wrong with the field. */
    public Optional<String> error(String name) {
        return violations.stream()
                .filter(violation -> violation.field().equals(name))
                .map(Refusal.Violation::message)
                .findFirst();
    }

    /** What is wrong with none of these fields in particular. */
    public List<String> errorsBeside(List<String> fields) {
        return violations.stream()
                .filter(violation -> !fields.contains(violation.field()))
                .map(Refusal.Violation::message)
                .toList();
    }

    public boolean refused() {
        return !violations.isEmpty();
    }
}
