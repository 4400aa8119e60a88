package leat.mocks.matching;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import leat.kernel.Json;
import leat.mocks.matching.Problem.RequestError;
import tools.jackson.databind.JsonNode;

/**
 * What a sample says about the JSON that a request must send: each of its members must be there and have its type, all
 * the way down; further members are welcome.
 *
 * <p>A number stands for any number, {@code null} for anything, a list for any length of items each shaped like one of
 * the sample's; an empty list for any list.
 */
sealed interface BodyShape {
    /** The most errors that are reported for one body. */
    int ERRORS = 20;

    record Members(Map<String, BodyShape> members) implements BodyShape {}

    record Items(List<BodyShape> kinds) implements BodyShape {}

    enum Value implements BodyShape {
        TEXT("a text"),
        NUMBER("a number"),
        BOOLEAN("true or false"),
        ANYTHING("anything");

        private final String meaning;

        Value(String meaning) {
            this.meaning = meaning;
        }
    }

    static BodyShape of(String sample) {
        return of(Json.tree(sample));
    }

    private static BodyShape of(JsonNode sample) {
        if (sample.isObject()) {
            var members = new LinkedHashMap<String, BodyShape>();
            sample.properties().forEach(member -> members.put(member.getKey(), of(member.getValue())));
            return new Members(members);
        }
        if (sample.isArray()) {
            return new Items(sample.valueStream().map(BodyShape::of).distinct().toList());
        }
        if (sample.isString()) {
            return Value.TEXT;
        }
        if (sample.isNumber()) {
            return Value.NUMBER;
        }
        return sample.isBoolean() ? Value.BOOLEAN : Value.ANYTHING;
    }

    /** What does not fit, by JSON pointer; at most {@link #ERRORS}. */
    default List<RequestError> errors(JsonNode body) {
        var errors = new ArrayList<RequestError>();
        check(body, "", errors);
        return errors;
    }

    private void check(JsonNode body, String pointer, List<RequestError> errors) {
        if (errors.size() >= ERRORS) {
            return;
        }
        switch (this) {
            case Members(Map<String, BodyShape> members)
            when body.isObject() ->
                members.forEach((name, shape) -> {
                    String place = pointer + "/" + name.replace("~", "~0").replace("/", "~1");
                    JsonNode member = body.get(name);
                    if (member != null) {
                        shape.check(member, place, errors);
                    } else if (errors.size() < ERRORS) {
                        errors.add(new RequestError("body", place, "nothing", shape.meaning()));
                    }
                });
            case Items(List<BodyShape> kinds)
            when body.isArray() -> {
                for (int i = 0; i < body.size() && !kinds.isEmpty() && errors.size() < ERRORS; i++) {
                    JsonNode item = body.get(i);
                    if (kinds.size() == 1 || kinds.stream().noneMatch(kind -> kind.fits(item))) {
                        kinds.getFirst().check(item, pointer + "/" + i, errors);
                    }
                }
            }
            case Value _ when accepts(body) -> {}
            default -> errors.add(new RequestError("body", pointer, kind(body), meaning()));
        }
    }

    private boolean fits(JsonNode body) {
        return errors(body).isEmpty();
    }

    private String meaning() {
        return switch (this) {
            case Members members -> "an object";
            case Items items -> "a list";
            case Value value -> value.meaning;
        };
    }

    private static String kind(JsonNode node) {
        if (node.isContainer()) {
            return node.isObject() ? "an object" : "a list";
        }
        String text = node.toString();
        return text.length() <= 40 ? text : text.substring(0, 39) + "…";
    }

    private boolean accepts(JsonNode node) {
        return switch (this) {
            case Value.TEXT -> node.isString();
            case Value.NUMBER -> node.isNumber();
            case Value.BOOLEAN -> node.isBoolean();
            case Value.ANYTHING -> true;
            case Members members -> node.isObject();
            case Items items -> node.isArray();
        };
    }
}
