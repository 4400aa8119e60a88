package leat.mocks.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import leat.mocks.template.Expression.Constant;
import leat.mocks.template.Expression.Dice;
import leat.mocks.template.Expression.Filtered;
import org.jspecify.annotations.Nullable;

/**
 * Reads the inside of one tag from the source: values, filters and conditions.
 *
 * <pre>
 * condition  = both ("or" both)*              both = inverse ("and" inverse)*
 * inverse    = "not" inverse | comparison     comparison = ("any" | "all") value+ | value (relation value)?
 * value      = operand ("|" filter (":" argument)*)*
 * operand    = "text" | 'text' | number | true | false | null | path | "(" condition ")" in conditions
 * path       = name ("." name | "[" index or text "]")*
 * argument   = "text" | 'text' | @path | characters up to a blank, a bar, a colon or the end of the tag
 * </pre>
 */
final class ExpressionParser {
    private static final Map<String, Dice> DICE =
            Map.of("int", Dice.INT, "float", Dice.FLOAT, "bool", Dice.BOOL, "hex", Dice.HEX);

    private final String text;
    private final Problems problems;
    private final Scope scope;

    /** Where reading stands; the tag parser moves it too. */
    int pos;

    /** What ends the tag that is being read; empty for the end of the source. */
    private String closing = "";

    private int nesting;

    ExpressionParser(String text, Problems problems, Scope scope) {
        this.text = text;
        this.problems = problems;
        this.scope = scope;
    }

    void begin(int at, String closedBy) {
        pos = at;
        closing = closedBy;
        nesting = 0;
    }

    Expression condition() {
        List<Expression> operands = new ArrayList<>();
        do {
            operands.add(both());
        } while (takeWord("or"));
        return operands.size() == 1 ? operands.getFirst() : new Expression.Any(operands);
    }

    private Expression both() {
        List<Expression> operands = new ArrayList<>();
        do {
            operands.add(inverse());
        } while (takeWord("and"));
        return operands.size() == 1 ? operands.getFirst() : new Expression.All(operands);
    }

    private Expression inverse() {
        if (!takeWord("not")) {
            return comparison();
        }
        nest();
        Expression operand = inverse();
        nesting--;
        return new Expression.Not(operand);
    }

    private Expression comparison() {
        if (takeWord("any")) {
            return new Expression.Any(values());
        }
        if (takeWord("all")) {
            return new Expression.All(values());
        }
        Expression left = conditionValue();
        boolean inverted = takeWord("not");
        Relation relation = inverted ? null : symbol();
        if (relation == null && takeWord("in")) {
            relation = Relation.IN;
        }
        if (relation == null) {
            if (inverted) {
                throw error("Only \"in\" can follow \"not\" here.", "Write \"a not in b\", or \"not a\".");
            }
            return left;
        }
        Expression comparison = new Expression.Comparison(relation, left, conditionValue());
        return inverted ? new Expression.Not(comparison) : comparison;
    }

    private Expression conditionValue() {
        skipBlanks();
        if (!startsWith("(")) {
            return value();
        }
        nest();
        pos++;
        Expression inner = condition();
        skipBlanks();
        if (!startsWith(")")) {
            throw error("A bracket is not closed.", "Write \")\" after the condition.");
        }
        pos++;
        nesting--;
        return inner;
    }

    private void nest() {
        if (++nesting > TemplateLimits.MAX_NESTING) {
            throw new SyntaxError(
                    "template.too-deep",
                    "Brackets and \"not\" are nested more than " + TemplateLimits.MAX_NESTING + " deep.",
                    "Split the condition into several.",
                    pos);
        }
    }

    private @Nullable Relation symbol() {
        skipBlanks();
        for (var symbol : SYMBOLS) {
            if (startsWith(symbol.getKey())) {
                pos += symbol.getKey().length();
                return symbol.getValue();
            }
        }
        return null;
    }

    private static final List<Map.Entry<String, Relation>> SYMBOLS = List.of(
            Map.entry("==", Relation.EQUAL),
            Map.entry("=", Relation.EQUAL),
            Map.entry("!=", Relation.DIFFERENT),
            Map.entry("<=", Relation.AT_MOST),
            Map.entry("<", Relation.LESS),
            Map.entry(">=", Relation.AT_LEAST),
            Map.entry(">", Relation.GREATER));

    /** One value after another, at least one, up to the end or a word of a condition. */
    List<Expression> values() {
        List<Expression> values = new ArrayList<>();
        do {
            values.add(value());
            skipBlanks();
        } while (!atEnd() && !startsWith(")") && !isWord("and") && !isWord("or"));
        return values;
    }

    Expression value() {
        Expression operand = operand();
        List<Expression.Call> calls = new ArrayList<>();
        while (takeBar()) {
            skipBlanks();
            Expression.Call call = call();
            if (call != null) {
                calls.add(call);
            }
        }
        return calls.isEmpty() ? operand : new Filtered(operand, List.copyOf(calls));
    }

    private boolean takeBar() {
        int before = pos;
        skipBlanks();
        if (startsWith("|")) {
            pos++;
            return true;
        }
        pos = before;
        return false;
    }

    private Expression operand() {
        skipBlanks();
        if (pos >= text.length() && !closing.isEmpty()) {
            throw unclosed();
        }
        if (atEnd()) {
            throw error("A value is missing here.", "Write a variable such as path-params.name, or a \"text\".");
        }
        char c = text.charAt(pos);
        if (c == '"' || c == '\'') {
            return new Constant(quoted());
        }
        if (isDigit(c) || (c == '-' && pos + 1 < text.length() && isDigit(text.charAt(pos + 1)))) {
            return new Constant(number());
        }
        if (isNameChar(c)) {
            return path();
        }
        throw error("Found " + shown() + " where a value should be.", "Write a variable, a number or a \"text\".");
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private Object number() {
        int start = pos;
        while (pos < text.length() && (isDigit(text.charAt(pos)) || "+-.eE".indexOf(text.charAt(pos)) >= 0)) {
            pos++;
        }
        String digits = text.substring(start, pos);
        Object number = Numbers.read(digits);
        if (number == null || (pos < text.length() && isNameChar(text.charAt(pos)))) {
            throw new SyntaxError(
                    "template.syntax", "This is no number.", "Write it as 12, -3 or 9.5, or in quotes.", start);
        }
        return Numbers.literal(digits);
    }

    /** Text in quotes; a backslash stands before a quote, another backslash, or the n, t or r of a control character. */
    String quoted() {
        int start = pos;
        char quote = text.charAt(pos++);
        StringBuilder content = new StringBuilder();
        while (pos < text.length()) {
            char c = text.charAt(pos++);
            if (c == quote) {
                return content.toString();
            }
            if (c == '\\' && pos < text.length()) {
                char escaped = text.charAt(pos++);
                switch (escaped) {
                    case 'n' -> content.append('\n');
                    case 't' -> content.append('\t');
                    case 'r' -> content.append('\r');
                    case '"', '\'', '\\' -> content.append(escaped);
                    default -> content.append(c).append(escaped);
                }
            } else {
                content.append(c);
            }
        }
        pos = start;
        throw error("A quoted text is not closed.", "Write " + quote + " at its end.");
    }

    private Expression path() {
        int start = pos;
        String root = name();
        if (root.equals("true") || root.equals("false")) {
            return new Constant(root.equals("true"));
        }
        if (root.equals("null") || root.equals("nil")) {
            return new Constant(null);
        }
        List<Key> path = new ArrayList<>();
        boolean header = root.equals(Roots.HEADER) && scope.local(root) < 0;
        for (String step = step(); step != null; step = step()) {
            path.add(header && path.isEmpty() ? Key.ofHeader(step) : Key.of(step));
        }
        return resolved(root, List.copyOf(path), start);
    }

    private @Nullable String step() {
        if (startsWith(".")) {
            pos++;
            if (pos >= text.length() || !isNameChar(text.charAt(pos))) {
                throw error("A name or an index is missing after the dot.", "Write it as items.0.name.");
            }
            return name();
        }
        if (!startsWith("[")) {
            return null;
        }
        pos++;
        skipBlanks();
        boolean quote = startsWith("\"") || startsWith("'");
        String step = quote ? quoted() : name();
        skipBlanks();
        if ((step.isEmpty() && !quote) || !startsWith("]")) {
            throw error("The square bracket is not closed.", "Write it as items[0] or user[\"first name\"].");
        }
        pos++;
        return step;
    }

    private Expression resolved(String root, List<Key> path, int start) {
        int local = scope.local(root);
        if (local >= 0) {
            return new Expression.LocalValue(local, path);
        }
        if (Roots.REQUEST.contains(root)) {
            return new Expression.RequestValue(root, scope.root(root), path);
        }
        String part = path.isEmpty() ? "" : path.getFirst().name();
        if (root.equals(Roots.NOW) && path.isEmpty()) {
            return new Expression.Now(scope.root(root));
        }
        if (root.equals(Roots.UUID) && path.isEmpty()) {
            return Dice.UUID;
        }
        if (root.equals(Roots.RANDOM) && path.size() <= 1) {
            Dice dice = DICE.get(part.isEmpty() ? "int" : part);
            if (dice != null) {
                return dice;
            }
        }
        if (Roots.BUILT_IN.contains(root)) {
            unknown(
                    "\"" + root + "\" has no part \"" + part + "\".",
                    root.equals(Roots.RANDOM)
                            ? "There are random.int, random.float, random.bool and random.hex."
                            : "Write it as {{" + root + "}}.",
                    start);
        } else if (scope.isReadable()) {
            String otherwise = "Variables begin with " + String.join(", ", Roots.REQUEST) + ", "
                    + String.join(", ", Roots.BUILT_IN) + ", or a name from an enclosing for or with.";
            unknown(
                    "There is no variable \"" + shortened(root) + "\".",
                    Suggestion.orElse(root, scope.known(), otherwise),
                    start);
        }
        return new Constant(null);
    }

    private void unknown(String message, String advice, int offset) {
        problems.add("template.unknown-variable", message, advice, offset);
    }

    private Expression.@Nullable Call call() {
        int start = pos;
        String name = name();
        if (name.isEmpty()) {
            throw error("A filter is missing after the bar.", "Write it as name|upper.");
        }
        List<Expression> arguments = new ArrayList<>();
        while (startsWith(":")) {
            pos++;
            arguments.add(argument());
        }
        Filter filter = Filters.ALL.get(name);
        if (filter == null) {
            problems.add(
                    "template.unknown-filter",
                    "There is no filter \"" + shortened(name) + "\".",
                    Suggestion.orElse(name, Filters.ALL.keySet(), "The guide on mock templates lists all filters."),
                    start);
            return null;
        }
        if (arguments.size() < filter.fewestArguments() || arguments.size() > filter.mostArguments()) {
            wrongArguments(
                    "The filter \"" + name + "\" does not take "
                            + (arguments.size() == 1 ? "one argument." : arguments.size() + " arguments."),
                    filter,
                    start);
            return null;
        }
        return prepared(filter, List.copyOf(arguments), start);
    }

    private Expression.@Nullable Call prepared(Filter filter, List<Expression> arguments, int start) {
        @Nullable Object[] constants = new @Nullable Object[arguments.size()];
        for (int i = 0; i < constants.length; i++) {
            if (!(arguments.get(i) instanceof Constant constant)) {
                return new Expression.Call(filter, arguments, null, start);
            }
            constants[i] = constant.value();
        }
        try {
            Filter.Change change = filter.preparation().prepare(new Arguments(constants));
            return new Expression.Call(filter, arguments, change, start);
        } catch (IllegalArgumentException e) {
            wrongArguments(String.valueOf(e.getMessage()), filter, start);
            return null;
        }
    }

    private void wrongArguments(String message, Filter filter, int offset) {
        problems.add(
                "template.wrong-arguments",
                message,
                "It is written " + filter.usage() + "; put an argument with blanks or colons in quotes.",
                offset);
    }

    private Expression argument() {
        if (startsWith("\"") || startsWith("'")) {
            return new Constant(quoted());
        }
        if (startsWith("@")) {
            pos++;
            return operand();
        }
        String bare = bare(":|");
        if (bare.isEmpty()) {
            throw error("An argument is missing after the colon.", "Write \"\" for an empty text.");
        }
        return new Constant(bare);
    }

    /** Characters up to a blank, one of those given, or the end of the tag. */
    String bare(String stops) {
        int start = pos;
        while (pos < text.length()
                && !Character.isWhitespace(text.charAt(pos))
                && stops.indexOf(text.charAt(pos)) < 0
                && !(text.charAt(pos) == ')' && nesting > 0)
                && !atEnd()) {
            pos++;
        }
        return text.substring(start, pos);
    }

    /** Letters, digits and the signs that names are made of; may be empty. */
    String name() {
        int start = pos;
        while (pos < text.length() && isNameChar(text.charAt(pos))) {
            pos++;
        }
        return text.substring(start, pos);
    }

    static boolean isNameChar(char c) {
        return Character.isLetterOrDigit(c) || Character.isSurrogate(c) || "_-?$@*+/&~".indexOf(c) >= 0;
    }

    boolean takeWord(String word) {
        skipBlanks();
        if (!isWord(word)) {
            return false;
        }
        pos += word.length();
        return true;
    }

    private boolean isWord(String word) {
        int end = pos + word.length();
        return startsWith(word) && (end >= text.length() || (!isNameChar(text.charAt(end)) && text.charAt(end) != '.'));
    }

    boolean startsWith(String prefix) {
        return text.startsWith(prefix, pos);
    }

    void skipBlanks() {
        while (pos < text.length() && Character.isWhitespace(text.charAt(pos))) {
            pos++;
        }
    }

    boolean atEnd() {
        return closing.isEmpty() ? pos >= text.length() : startsWith(closing);
    }

    /** Moves past the end of the tag, which must be here. */
    void end() {
        skipBlanks();
        if (!atEnd()) {
            if (pos >= text.length()) {
                throw unclosed();
            }
            throw error("Found " + shown() + " where the tag should end.", "Check the spelling of this tag.");
        }
        pos += closing.length();
    }

    private SyntaxError unclosed() {
        return new SyntaxError("template.unclosed", "The tag is not closed.", "Write " + closing + " at its end.", pos);
    }

    SyntaxError error(String message, String advice) {
        return new SyntaxError("template.syntax", message, advice, pos);
    }

    private String shown() {
        int end = text.offsetByCodePoints(pos, 1);
        return "\"" + text.substring(pos, end) + "\"";
    }

    private static String shortened(String name) {
        return name.length() <= 60 ? name : name.substring(0, 60) + "…";
    }
}
