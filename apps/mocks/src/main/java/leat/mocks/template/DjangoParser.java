package leat.mocks.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import leat.mocks.template.Expression.Constant;
import leat.mocks.template.Expression.Filtered;

/**
 * The front end for Django's notation: <code>{{ value }}</code>, <code>{% tag %}</code> and <code>{# comment #}</code>.
 *
 * <p>After a mistake it goes on behind the tag, so that one compilation reports all mistakes. Reading is linear in the
 * source's length.
 */
final class DjangoParser {
    private static final String OUTPUT_END = "}}";
    private static final String TAG_END = "%}";

    private static final List<String> TAGS = List.of(
            "if", "for", "with", "ifequal", "ifunequal", "comment", "verbatim", "now", "firstof", "cycle", "safe");

    private static final Set<String> INNER_TAGS = Set.of(
            "elif",
            "else",
            "endif",
            "empty",
            "endfor",
            "endwith",
            "endifequal",
            "endifunequal",
            "endsafe",
            "endcomment",
            "endverbatim");

    /** Tags of the dialect that a mock cannot have, each with the reason. */
    private static final Map<String, String> UNSUPPORTED = Map.of(
            "include", "A mock's template reads no files; put the text here.",
            "extends", "A mock's template reads no files; put the whole text here.",
            "block", "Blocks serve extends, which a mock's template does not have; put the text here.",
            "script", "There is no folder of scripts; write the HTML element.",
            "style", "There is no folder of style sheets; write the HTML element.",
            "debug", "It would show the whole request; print json-params|json or header-params|json instead.",
            "sum", "Write it with a filter: a|add:@b.");

    private final Source source;
    private final String text;
    private final Escaping escaping;
    private final Problems problems;
    private final Scope scope = new Scope();
    private final ExpressionParser expressions;

    /** What the enclosing block tags wait for, outermost first. */
    private final List<Set<String>> awaited = new ArrayList<>();

    private int place = JsonPlace.OUTSIDE;
    private int safe;

    private DjangoParser(Source source, Escaping escaping) {
        this.source = source;
        this.text = source.text;
        this.escaping = escaping;
        this.problems = new Problems(source);
        this.expressions = new ExpressionParser(text, problems, scope);
    }

    static Template template(String text, Escaping escaping) {
        DjangoParser parser = new DjangoParser(bounded(text), escaping);
        List<Node> nodes = List.of();
        try {
            nodes = parser.body(Set.of(), "", 0).nodes;
        } catch (Problems.Enough enough) {
            // What was found is reported below.
        }
        parser.problems.throwIfAny();
        return new Template(parser.source, nodes, parser.scope.slots(), parser.scope.roots());
    }

    static Condition condition(String text) {
        DjangoParser parser = new DjangoParser(bounded(text), Escaping.NONE);
        Expression expression = new Constant(null);
        try {
            parser.expressions.begin(0, "");
            expression = parser.expressions.condition();
            parser.expressions.end();
        } catch (SyntaxError e) {
            parser.problems.add(e.code, e.message, e.advice, e.offset);
        } catch (Problems.Enough enough) {
            // What was found is reported below.
        }
        parser.problems.throwIfAny();
        return new Condition(parser.source, expression, parser.scope.slots(), parser.scope.roots());
    }

    private static Source bounded(String text) {
        if (text.length() > TemplateLimits.MAX_SOURCE_CHARS) {
            throw new TemplateException(List.of(new TemplateProblem(
                    "template.too-large",
                    "The template has more than " + TemplateLimits.MAX_SOURCE_CHARS + " characters.",
                    "Shorten it, or answer with a file.",
                    0,
                    1,
                    1)));
        }
        return new Source(text);
    }

    /** The nodes up to one of the awaited tags, whose name has been read but not what follows it. */
    private final class Body {
        final List<Node> nodes = new ArrayList<>();
        private final StringBuilder literal = new StringBuilder();

        /** The tag that ended the body; empty at the end of the source. */
        String ending = "";

        void literal(int start, int end) {
            literal.append(text, start, end);
            place = JsonPlace.after(place, text, start, end);
        }

        void add(Node node) {
            flush();
            nodes.add(node);
        }

        void addAll(List<Node> more) {
            flush();
            nodes.addAll(more);
        }

        void flush() {
            if (literal.isEmpty()) {
                return;
            }
            Utf8Buffer utf8 = new Utf8Buffer(literal.length());
            try {
                utf8.text(literal.toString());
                nodes.add(new Node.Literal(utf8.toBytes()));
            } catch (Utf8Buffer.Full full) {
                problems.add(
                        "template.too-large",
                        "The text is larger than " + TemplateLimits.MAX_OUTPUT_BYTES + " bytes.",
                        "Shorten it, or answer with a file.",
                        0);
            }
            literal.setLength(0);
        }
    }

    private Body body(Set<String> endings, String tag, int tagAt) {
        if (awaited.size() > TemplateLimits.MAX_NESTING) {
            problems.add(
                    "template.too-deep",
                    "Tags are nested more than " + TemplateLimits.MAX_NESTING + " deep.",
                    "Move the inner ones out.",
                    tagAt);
            throw new Problems.Enough();
        }
        awaited.add(endings);
        Body body = new Body();
        boolean open = true;
        while (open) {
            int at = nextTag(expressions.pos);
            body.literal(expressions.pos, at);
            if (at == text.length()) {
                expressions.pos = at;
                if (!tag.isEmpty()) {
                    unclosed(tag, tagAt, "the end");
                }
                break;
            }
            open = part(body, at, endings, tag, tagAt);
        }
        awaited.removeLast();
        body.flush();
        return body;
    }

    private void unclosed(String tag, int tagAt, String before) {
        problems.add(
                "template.unclosed",
                "{% " + tag + " %} is not closed before " + before + ".",
                "Write {% end" + tag + " %} where it ends.",
                tagAt);
    }

    private int nextTag(int from) {
        for (int at = text.indexOf('{', from); at >= 0; at = text.indexOf('{', at + 1)) {
            if (at + 1 < text.length() && "{%#".indexOf(text.charAt(at + 1)) >= 0) {
                return at;
            }
        }
        return text.length();
    }

    /** Reads one tag into the body; answers whether the body goes on after it. */
    private boolean part(Body body, int at, Set<String> endings, String tag, int tagAt) {
        String closing = text.charAt(at + 1) == '{' ? OUTPUT_END : TAG_END;
        expressions.begin(at + 2, closing);
        try {
            switch (text.charAt(at + 1)) {
                case '#' -> comment(at);
                case '{' -> output(body, at);
                default -> {
                    return tag(body, at, endings, tag, tagAt);
                }
            }
        } catch (SyntaxError e) {
            problems.add(e.code, e.message, e.advice, e.offset);
            recover(closing);
        }
        return true;
    }

    /** Moves behind the end of a tag that could not be read, or to the next tag if that begins before. */
    private void recover(String closing) {
        int end = text.indexOf(closing, expressions.pos);
        int next = nextTag(expressions.pos);
        expressions.pos = end >= 0 && end < next ? end + closing.length() : next;
    }

    private void comment(int at) {
        int end = text.indexOf("#}", at + 2);
        if (end < 0) {
            problems.add(
                    "template.unclosed",
                    "The comment is not closed.",
                    "Write #} at its end, or {% verbatim %} around text that has {# in it.",
                    at);
            expressions.pos = text.length();
            return;
        }
        expressions.pos = end + 2;
    }

    private void output(Body body, int at) {
        rejectHandlebars(at);
        expressions.skipBlanks();
        if (expressions.atEnd()) {
            throw new SyntaxError(
                    "template.empty-tag",
                    "There is nothing between {{ and }}.",
                    "Name a variable, or put a blank between the braces if they are meant as they stand.",
                    at);
        }
        Expression value = expressions.value();
        expressions.end();
        boolean bare = value instanceof Filtered filtered && filtered.isSafe();
        body.add(new Node.Print(value, bare ? Style.BARE : style(at), at));
    }

    private void rejectHandlebars(int at) {
        char first = at + 2 < text.length() ? text.charAt(at + 2) : ' ';
        if (first == '{') {
            throw new SyntaxError(
                    "template.syntax",
                    "Three braces in a row are ambiguous.",
                    "Put a blank after the first one, or write {{ value|safe }} for a value without escaping.",
                    at);
        }
        if ("#/>!^&".indexOf(first) >= 0) {
            throw new SyntaxError(
                    "template.handlebars",
                    "{{" + first + " is Handlebars, which this template is not.",
                    first == '#' || first == '/' || first == '^'
                            ? "Write {% if name %} … {% endif %} or {% for x in list %} … {% endfor %}."
                            : "Write {{ value|safe }}, or {# a comment #}.",
                    at);
        }
    }

    private Style style(int at) {
        if (safe > 0) {
            return Style.BARE;
        }
        return switch (escaping) {
            case NONE -> Style.BARE;
            case HTML -> Style.HTML;
            case JSON -> {
                if (place == JsonPlace.OUTSIDE) {
                    yield Style.JSON_VALUE;
                }
                if (place != JsonPlace.STRING) {
                    problems.add(
                            "template.inside-escape",
                            "This value stands after a backslash, which would spoil the JSON string.",
                            "Write two backslashes for one, or take it away.",
                            at);
                }
                yield Style.JSON_CONTENT;
            }
        };
    }

    private boolean tag(Body body, int at, Set<String> endings, String enclosing, int enclosingAt) {
        expressions.skipBlanks();
        int nameAt = expressions.pos;
        String name = expressions.name();
        if (endings.contains(name)) {
            body.ending = name;
            return false;
        }
        if (awaited.stream().anyMatch(names -> names.contains(name))) {
            unclosed(enclosing, enclosingAt, "{% " + name + " %} of line " + source.line(at));
            expressions.pos = at;
            return false;
        }
        switch (name) {
            case "if" -> body.add(ifTag(at));
            case "ifequal" -> body.add(ifEqual(name, Relation.EQUAL, at));
            case "ifunequal" -> body.add(ifEqual(name, Relation.DIFFERENT, at));
            case "for" -> body.add(forTag(at));
            case "with" -> body.add(with(at));
            case "firstof" -> {
                List<Expression> values = expressions.values();
                expressions.end();
                body.add(new Node.FirstOf(values, style(at), at));
            }
            case "cycle" -> {
                List<Expression> values = expressions.values();
                expressions.end();
                body.add(new Node.Cycle(values, scope.newSlot(), style(at), at));
            }
            case "now" -> body.add(now(at, nameAt));
            case "safe" -> {
                expressions.end();
                safe++;
                body.addAll(wholeBody(name, at).nodes);
                safe--;
            }
            case "comment" -> {
                expressions.end();
                skipTo("endcomment", name, at);
            }
            case "verbatim" -> {
                expressions.end();
                int start = expressions.pos;
                body.literal(start, skipTo("endverbatim", name, at));
            }
            default -> unknownTag(name, nameAt);
        }
        return true;
    }

    private void unknownTag(String name, int nameAt) {
        String reason = UNSUPPORTED.get(name);
        if (reason != null) {
            problems.add("template.unsupported-tag", "A mock has no {% " + name + " %}.", reason, nameAt);
        } else if (INNER_TAGS.contains(name)) {
            problems.add(
                    "template.unexpected-tag",
                    "{% " + name + " %} belongs to no tag before it.",
                    "Take it away, or write the tag that it should close.",
                    nameAt);
        } else if (name.isEmpty()) {
            throw expressions.error("The name of the tag is missing.", "Write it as {% if name %}.");
        } else if (!(name.startsWith("end") && UNSUPPORTED.containsKey(name.substring(3)))) {
            String shown = name.length() <= 60 ? name : name.substring(0, 60) + "…";
            problems.add(
                    "template.unknown-tag",
                    "There is no tag \"" + shown + "\".",
                    Suggestion.orElse(name, TAGS, "Tags are " + String.join(", ", TAGS) + "."),
                    nameAt);
        }
        recover(TAG_END);
    }

    /** Moves behind an end tag without reading what is before it; answers where the end tag begins. */
    private int skipTo(String ending, String tag, int tagAt) {
        for (int at = text.indexOf("{%", expressions.pos); at >= 0; at = text.indexOf("{%", at + 2)) {
            expressions.begin(at + 2, TAG_END);
            if (expressions.takeWord(ending)) {
                expressions.end();
                return at;
            }
        }
        unclosed(tag, tagAt, "the end");
        expressions.pos = text.length();
        return text.length();
    }

    private Node now(int at, int nameAt) {
        expressions.skipBlanks();
        boolean quoted = expressions.startsWith("\"") || expressions.startsWith("'");
        String pattern = quoted ? expressions.quoted() : restOfTag();
        expressions.end();
        Expression now = new Expression.Now(scope.root(Roots.NOW));
        Filter date = java.util.Objects.requireNonNull(Filters.ALL.get("date"));
        try {
            Filter.Change change = date.preparation().prepare(new Arguments(new Object[] {pattern}));
            var call = new Expression.Call(date, List.of(), change, nameAt);
            return new Node.Print(new Filtered(now, List.of(call)), style(at), at);
        } catch (IllegalArgumentException e) {
            problems.add(
                    "template.wrong-arguments", String.valueOf(e.getMessage()), "Write it as {% now \"yyyy\" %}.", at);
            return new Node.Literal(new byte[0]);
        }
    }

    private String restOfTag() {
        int end = text.indexOf(TAG_END, expressions.pos);
        if (end < 0) {
            expressions.pos = text.length();
            expressions.end();
        }
        String rest = text.substring(expressions.pos, end).strip();
        expressions.pos = end;
        return rest;
    }

    /** The inside of a block tag up to its own end tag, read whole. */
    private Body wholeBody(String tag, int at) {
        Body body = body(Set.of("end" + tag), tag, at);
        finish(body, tag);
        return body;
    }

    /** Reads the rest of an end tag, unless the source ended before. */
    private void finish(Body body, String tag) {
        if (body.ending.equals("end" + tag)) {
            endOfTag();
        }
    }

    private void endOfTag() {
        try {
            expressions.end();
        } catch (SyntaxError e) {
            problems.add(e.code, e.message, e.advice, e.offset);
            recover(TAG_END);
        }
    }

    /** The condition of a block tag; when it cannot be read, the block is still read for its own mistakes. */
    private Expression conditionOrNothing() {
        try {
            Expression condition = expressions.condition();
            expressions.end();
            return condition;
        } catch (SyntaxError e) {
            problems.add(e.code, e.message, e.advice, e.offset);
            recover(TAG_END);
            return new Constant(null);
        }
    }

    private Node ifTag(int at) {
        return branches("if", conditionOrNothing(), at);
    }

    private Node ifEqual(String tag, Relation relation, int at) {
        Expression condition = new Constant(null);
        try {
            Expression left = expressions.value();
            condition = new Expression.Comparison(relation, left, expressions.value());
            expressions.end();
        } catch (SyntaxError e) {
            problems.add(e.code, e.message, e.advice, e.offset);
            recover(TAG_END);
        }
        return branches(tag, condition, at);
    }

    private Node branches(String tag, Expression first, int at) {
        Set<String> untilElse = tag.equals("if") ? Set.of("elif", "else", "endif") : Set.of("else", "end" + tag);
        int before = place;
        List<Node.If.Branch> branches = new ArrayList<>();
        Body body = body(untilElse, tag, at);
        int after = place;
        branches.add(new Node.If.Branch(first, body.nodes));
        while (body.ending.equals("elif")) {
            Expression condition = conditionOrNothing();
            place = before;
            body = body(untilElse, tag, at);
            samePlace(after, tag, at);
            branches.add(new Node.If.Branch(condition, body.nodes));
        }
        place = body.ending.equals("else") ? before : place;
        if (body.ending.equals("else")) {
            endOfTag();
            body = body(Set.of("end" + tag), tag, at);
            samePlace(after, tag, at);
            branches.add(new Node.If.Branch(new Constant(true), body.nodes));
        } else if (!body.ending.isEmpty()) {
            place = after;
            samePlace(before, tag, at);
        }
        finish(body, tag);
        return new Node.If(branches, at);
    }

    /** In JSON all ways through a tag must agree on whether a string is open, or later values cannot be escaped. */
    private void samePlace(int expected, String tag, int at) {
        if (escaping == Escaping.JSON && place != expected) {
            problems.add(
                    "template.open-string",
                    "Depending on this {% " + tag + " %}, what follows is inside or outside a JSON string.",
                    "Open and close the quotes within the same part of the tag.",
                    at);
        }
        place = expected;
    }

    private Node forTag(int at) {
        int depth = scope.depth();
        int outer = scope.local(Scope.LOOP);
        List<String> names = new ArrayList<>();
        Expression list = new Constant(null);
        boolean readable = true;
        try {
            do {
                names.add(newName());
                expressions.skipBlanks();
            } while (takeComma());
            if (names.size() > 2 || !expressions.takeWord("in")) {
                throw expressions.error(
                        "This is no loop.", "Write it as {% for x in list %} or {% for k, v in map %}.");
            }
            list = expressions.value();
            expressions.end();
        } catch (SyntaxError e) {
            problems.add(e.code, e.message, e.advice, e.offset);
            recover(TAG_END);
            scope.enterUnreadable();
            readable = false;
        }
        int loop = scope.declare(Scope.LOOP);
        List<Integer> slots = names.stream().map(scope::declare).toList();
        int before = place;
        Body body = body(Set.of("empty", "endfor"), "for", at);
        samePlace(before, "for", at);
        scope.leave(depth);
        if (!readable) {
            scope.leaveUnreadable();
        }
        List<Node> empty = List.of();
        if (body.ending.equals("empty")) {
            endOfTag();
            Body otherwise = wholeBody("for", at);
            samePlace(before, "for", at);
            empty = otherwise.nodes;
        } else {
            finish(body, "for");
        }
        return new Node.For(slots, list, loop, outer, body.nodes, empty, at);
    }

    private boolean takeComma() {
        if (expressions.startsWith(",")) {
            expressions.pos++;
            return true;
        }
        return false;
    }

    private String newName() {
        expressions.skipBlanks();
        String name = expressions.name();
        if (name.isEmpty() || Character.isDigit(name.charAt(0))) {
            throw expressions.error("A new name is missing here.", "A name begins with a letter.");
        }
        return name;
    }

    private Node with(int at) {
        int depth = scope.depth();
        List<Node.With.Naming> namings = new ArrayList<>();
        boolean readable = true;
        try {
            do {
                String name = newName();
                expressions.skipBlanks();
                if (!expressions.startsWith("=")) {
                    throw expressions.error(
                            "The value of the new name is missing.", "Write it as {% with name=value %}.");
                }
                expressions.pos++;
                Expression value = expressions.value();
                namings.add(new Node.With.Naming(scope.declare(name), value));
                expressions.skipBlanks();
            } while (!expressions.atEnd() && expressions.pos < text.length());
            expressions.end();
        } catch (SyntaxError e) {
            problems.add(e.code, e.message, e.advice, e.offset);
            recover(TAG_END);
            scope.enterUnreadable();
            readable = false;
        }
        Body body = wholeBody("with", at);
        scope.leave(depth);
        if (!readable) {
            scope.leaveUnreadable();
        }
        return new Node.With(namings, body.nodes, at);
    }
}
