package leat.mocks.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a compiled template; a front end makes them, rendering writes them. Offsets are where errors point. */
sealed interface Node {
    void render(Rendering r);

    static void renderAll(List<Node> nodes, Rendering r) {
        for (int i = 0; i < nodes.size(); i++) {
            nodes.get(i).render(r);
        }
    }

    /** Text of the template itself, encoded once. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and never handed out
    record Literal(byte[] utf8) implements Node {
        @Override
        public void render(Rendering r) {
            r.out.write(utf8);
        }
    }

    record Print(Expression value, Style style, int offset) implements Node {
        @Override
        public void render(Rendering r) {
            r.at = offset;
            r.step();
            style.print(value.evaluate(r), r);
        }
    }

    /** The first branch whose condition holds; an {@code else} is a branch that always does. */
    record If(List<Branch> branches, int offset) implements Node {
        record Branch(Expression condition, List<Node> body) {}

        @Override
        public void render(Rendering r) {
            for (Branch branch : branches) {
                r.at = offset;
                r.step();
                if (Values.truth(branch.condition.evaluate(r))) {
                    renderAll(branch.body, r);
                    return;
                }
            }
        }
    }

    /**
     * A body once for each item of a list.
     *
     * @param names slots of the names before {@code in}: one for the item, or two for its first and second part
     * @param outerLoop slot of the enclosing loop's {@code forloop}, or -1
     */
    record For(
            List<Integer> names,
            Expression list,
            int loop,
            int outerLoop,
            List<Node> body,
            List<Node> empty,
            int offset)
            implements Node {
        private static final Key FIRST = Key.of("0");
        private static final Key SECOND = Key.of("1");

        @Override
        public void render(Rendering r) {
            r.at = offset;
            r.step();
            List<? extends @Nullable Object> items = Values.items(list.evaluate(r), r);
            if (items.isEmpty()) {
                renderAll(empty, r);
                return;
            }
            ForLoop turns = new ForLoop(items.size(), outerLoop < 0 ? null : r.slot(outerLoop));
            r.slot(loop, turns);
            int turn = 0;
            for (Object each : items) {
                r.at = offset;
                r.step();
                turns.turn(turn++);
                name(Values.plain(each), r);
                renderAll(body, r);
            }
        }

        private void name(@Nullable Object item, Rendering r) {
            if (names.size() == 1) {
                r.slot(names.getFirst(), item);
            } else {
                boolean parts = Values.isList(item);
                r.slot(names.getFirst(), parts ? Values.inside(item, FIRST) : item);
                r.slot(names.get(1), parts ? Values.inside(item, SECOND) : null);
            }
        }
    }

    /** Names for values, good within the body. */
    record With(List<Naming> namings, List<Node> body, int offset) implements Node {
        record Naming(int slot, Expression value) {}

        @Override
        public void render(Rendering r) {
            for (Naming naming : namings) {
                r.at = offset;
                r.step();
                r.slot(naming.slot, naming.value.evaluate(r));
            }
            renderAll(body, r);
        }
    }

    /** The first value that is true. */
    record FirstOf(List<Expression> values, Style style, int offset) implements Node {
        @Override
        public void render(Rendering r) {
            Object found = null;
            for (Expression value : values) {
                r.at = offset;
                r.step();
                Object candidate = value.evaluate(r);
                if (Values.truth(candidate)) {
                    found = candidate;
                    break;
                }
            }
            style.print(found, r);
        }
    }

    /** One value after another, a next one each time it is rendered. */
    record Cycle(List<Expression> values, int turn, Style style, int offset) implements Node {
        @Override
        public void render(Rendering r) {
            r.at = offset;
            r.step();
            int next = r.slot(turn) instanceof Integer last ? (last + 1) % values.size() : 0;
            r.slot(turn, next);
            style.print(values.get(next).evaluate(r), r);
        }
    }
}
