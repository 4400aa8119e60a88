package leat.mocks.template;

import java.time.Instant;
import java.util.random.RandomGenerator;
import leat.mocks.template.TemplateLimitException.Limit;
import org.jspecify.annotations.Nullable;

/** One rendering under way: what it has written, what it remembers, and how many steps it has left. */
final class Rendering {
    /** Remembers that a root was looked up and is missing. */
    private enum Known {
        MISSING
    }

    /** Where the output goes. */
    final Utf8Buffer out;

    private final Source source;
    private final Variables variables;
    private final RenderContext context;
    private final @Nullable Object[] slots;
    private int stepsLeft = TemplateLimits.MAX_STEPS;

    /** Offset of the tag or filter at work, for errors. */
    int at;

    Rendering(Source source, int slots, int capacity, Variables variables, RenderContext context) {
        this.source = source;
        this.slots = new @Nullable Object[slots];
        this.out = new Utf8Buffer(capacity);
        this.variables = variables;
        this.context = context;
    }

    void step() {
        if (--stepsLeft < 0) {
            throw limit(Limit.STEPS);
        }
    }

    /** Pays for work on a text of so many characters. */
    void chargeChars(int chars) {
        charge(chars / TemplateLimits.CHARS_PER_STEP);
    }

    /** Pays for work on a list of so many items. */
    void chargeItems(int items) {
        charge(items / TemplateLimits.ITEMS_PER_STEP);
    }

    private void charge(int steps) {
        stepsLeft -= steps;
        if (stepsLeft < 0) {
            throw limit(Limit.STEPS);
        }
    }

    @Nullable
    Object slot(int slot) {
        return slots[slot];
    }

    void slot(int slot, @Nullable Object value) {
        slots[slot] = value;
    }

    /** The request's value under a root, asked for once. */
    @Nullable
    Object root(int slot, String name) {
        Object known = slots[slot];
        if (known == null) {
            known = Values.plain(variables.get(name));
            slots[slot] = known == null ? Known.MISSING : known;
            return known;
        }
        return known == Known.MISSING ? null : known;
    }

    /** The time of this rendering, the same in all its tags. */
    Instant now(int slot) {
        if (slots[slot] instanceof Instant known) {
            return known;
        }
        Instant now = context.clock().instant();
        slots[slot] = now;
        return now;
    }

    RandomGenerator random() {
        return context.random();
    }

    TemplateRenderException fail(String code, String message) {
        return new TemplateRenderException(code, message, source.line(at), source.column(at));
    }

    TemplateLimitException limit(Limit limit) {
        return new TemplateLimitException(limit, source.line(at), source.column(at));
    }
}
