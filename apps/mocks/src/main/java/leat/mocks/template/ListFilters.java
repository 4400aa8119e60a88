package leat.mocks.template;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import leat.mocks.template.TemplateLimitException.Limit;
import org.jspecify.annotations.Nullable;

/** Filters for lists, which take a text for the list of its characters and a map for the list of its entries. */
final class ListFilters {
    /** Missing first, then false and true, numbers, texts, and everything else as it stands. */
    private static final Comparator<@Nullable Object> ORDER = ListFilters::compare;

    static final List<Filter> ALL = List.of(
            Filter.seeingMissing("count", "", a -> ListFilters::count),
            Filter.seeingMissing("length", "", a -> ListFilters::count),
            Filter.seeingMissing("count-is", "integer", ListFilters::countIs),
            Filter.seeingMissing("length-is", "integer", ListFilters::countIs),
            Filter.seeingMissing("empty?", "", a -> (value, r) -> Values.count(value, r) == 0),
            Filter.of("not-empty", "", a -> (value, r) -> Values.count(value, r) == 0 ? null : value),
            Filter.of("first", "", a -> (value, r) -> {
                List<? extends @Nullable Object> items = list(value, r);
                return items.isEmpty() ? null : Values.plain(items.getFirst());
            }),
            Filter.of("last", "", a -> (value, r) -> {
                List<? extends @Nullable Object> items = list(value, r);
                return items.isEmpty() ? null : Values.plain(items.getLast());
            }),
            Filter.of("take", "integer", a -> {
                int count = a.integer(0, 0, Integer.MAX_VALUE);
                return (value, r) -> piece(value, 0, count, r);
            }),
            Filter.of("drop", "integer", a -> {
                int count = a.integer(0, 0, Integer.MAX_VALUE);
                return (value, r) -> piece(value, count, Integer.MAX_VALUE, r);
            }),
            Filter.of("drop-last", "integer", a -> {
                int count = a.integer(0, 0, Integer.MAX_VALUE);
                return (value, r) -> piece(value, 0, Math.max(0, list(value, r).size() - count), r);
            }),
            Filter.of("join", "text?", a -> {
                String separator = a.text(0, "");
                return (value, r) -> join(list(value, r), separator, r);
            }),
            Filter.of("sort", "", a -> (value, r) -> sorted(value, ORDER, r)),
            Filter.of("sort-reversed", "", a -> (value, r) -> sorted(value, ORDER.reversed(), r)),
            Filter.of("sort-by", "text", a -> {
                Comparator<@Nullable Object> order = orderBy(a.text(0));
                return (value, r) -> sorted(value, order, r);
            }),
            Filter.of("sort-by-reversed", "text", a -> {
                Comparator<@Nullable Object> order = orderBy(a.text(0)).reversed();
                return (value, r) -> sorted(value, order, r);
            }),
            Filter.of("rand-nth", "", a -> (value, r) -> {
                List<? extends @Nullable Object> items = list(value, r);
                return items.isEmpty()
                        ? null
                        : Values.plain(items.get(r.random().nextInt(items.size())));
            }),
            Filter.of("range", "integer? integer?", ListFilters::range));

    private ListFilters() {}

    private static Object count(@Nullable Object value, Rendering r) {
        int count = Values.count(value, r);
        if (count < 0) {
            throw r.fail("template.not-a-list", "only a list, a map or a text has a length.");
        }
        return count;
    }

    private static Filter.Change countIs(Arguments a) {
        int wanted = a.integer(0, 0, Integer.MAX_VALUE);
        return (value, r) -> Values.count(value, r) == wanted;
    }

    private static List<? extends @Nullable Object> list(@Nullable Object value, Rendering r) {
        if (Values.isList(value) || Values.isMap(value) || value instanceof Repeated) {
            return Values.items(value, r);
        }
        String text = Values.text(value, r);
        r.chargeItems(text.length());
        return text.codePoints().mapToObj(Character::toString).toList();
    }

    /** The items, or of a text the characters, from one position to another; a piece of a text is a text. */
    private static Object piece(@Nullable Object value, int from, int to, Rendering r) {
        if (Values.isList(value) || Values.isMap(value)) {
            List<? extends @Nullable Object> items = Values.items(value, r);
            int end = Math.min(to, items.size());
            r.chargeItems(end);
            return new ArrayList<>(items.subList(Math.min(from, end), end));
        }
        String text = Values.text(value, r);
        r.chargeChars(text.length());
        int start = TextFilters.index(text, from);
        return text.substring(start, Math.max(start, TextFilters.index(text, to)));
    }

    private static String join(List<? extends @Nullable Object> items, String separator, Rendering r) {
        r.chargeItems(items.size());
        StringBuilder joined = new StringBuilder();
        boolean first = true;
        for (Object item : items) {
            joined.append(first ? "" : separator).append(Values.text(Values.plain(item), r));
            first = false;
            if (joined.length() > TemplateLimits.MAX_OUTPUT_BYTES) {
                throw r.limit(Limit.OUTPUT);
            }
        }
        r.chargeChars(joined.length());
        return joined.toString();
    }

    private static List<@Nullable Object> sorted(
            @Nullable Object value, Comparator<@Nullable Object> order, Rendering r) {
        List<? extends @Nullable Object> items = list(value, r);
        List<@Nullable Object> sorted = new ArrayList<>(items.size());
        for (Object item : items) {
            sorted.add(Values.plain(item));
        }
        r.chargeItems(items.size() * (32 - Integer.numberOfLeadingZeros(items.size())));
        sorted.sort(order);
        return sorted;
    }

    private static Comparator<@Nullable Object> orderBy(String name) {
        Key key = Key.of(name);
        return (a, b) -> compare(Values.inside(a, key), Values.inside(b, key));
    }

    private static int compare(@Nullable Object a, @Nullable Object b) {
        int byRank = Integer.compare(rank(a), rank(b));
        if (byRank != 0) {
            return byRank;
        }
        if (a instanceof Boolean x && b instanceof Boolean y) {
            return x.compareTo(y);
        }
        if (a instanceof String x && b instanceof String y) {
            return x.compareTo(y);
        }
        BigDecimal x = Numbers.read(a);
        BigDecimal y = Numbers.read(b);
        return x == null || y == null ? 0 : x.compareTo(y);
    }

    private static int rank(@Nullable Object value) {
        return switch (value) {
            case null -> 0;
            case Boolean _ -> 1;
            case Number n -> Numbers.read(n) == null ? 4 : 2;
            case String _ -> 3;
            default -> 5;
        };
    }

    /** {@code 5|range} counts 0 to 4, {@code 1|range:5} 1 to 4, {@code 1|range:9:2} by twos. */
    private static Filter.Change range(Arguments a) {
        int bound = 1_000_000_000;
        int step = a.count() < 2 ? 1 : a.integer(1, -bound, bound);
        if (step == 0) {
            throw new IllegalArgumentException("A range cannot advance by 0.");
        }
        int given = a.has(0) ? a.integer(0, -bound, bound) : 0;
        return (value, r) -> {
            BigDecimal number = NumberFilters.number(value, r);
            if (number.abs().compareTo(BigDecimal.valueOf(bound)) > 0) {
                throw r.limit(Limit.RANGE);
            }
            long from = a.has(0) ? number.longValue() : 0;
            long to = a.has(0) ? given : number.longValue();
            long count = Math.max(0, (to - from + step - Integer.signum(step)) / step);
            if (count > TemplateLimits.MAX_RANGE) {
                throw r.limit(Limit.RANGE);
            }
            r.chargeItems((int) count);
            List<@Nullable Object> numbers = new ArrayList<>((int) count);
            for (long i = 0; i < count; i++) {
                numbers.add(from + i * step);
            }
            return numbers;
        };
    }
}
