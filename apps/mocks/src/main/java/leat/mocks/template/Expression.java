package leat.mocks.template;

import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Something in a tag that has a value: a constant, a path into a variable, a value behind filters, a comparison. */
sealed interface Expression {
    @Nullable
    Object evaluate(Rendering r);

    record Constant(@Nullable Object value) implements Expression {
        @Override
        public @Nullable Object evaluate(Rendering r) {
            return value;
        }
    }

    /** A value of the request, such as {@code path-params.username}. */
    record RequestValue(String root, int slot, List<Key> path) implements Expression {
        @Override
        public @Nullable Object evaluate(Rendering r) {
            return follow(r.root(slot, root), path);
        }
    }

    /** A value named by an enclosing {@code for} or {@code with}. */
    record LocalValue(int slot, List<Key> path) implements Expression {
        @Override
        public @Nullable Object evaluate(Rendering r) {
            return follow(r.slot(slot), path);
        }
    }

    private static @Nullable Object follow(@Nullable Object value, List<Key> path) {
        Object inner = value;
        for (int i = 0; i < path.size() && inner != null; i++) {
            inner = Values.inside(inner, path.get(i));
        }
        return inner;
    }

    record Now(int slot) implements Expression {
        @Override
        public Object evaluate(Rendering r) {
            return r.now(slot);
        }
    }

    /** The built-in variables that are new wherever they stand. */
    enum Dice implements Expression {
        /** A UUID of version 4. */
        UUID {
            @Override
            public Object evaluate(Rendering r) {
                RandomGenerator random = r.random();
                long high = (random.nextLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x4000L;
                long low = (random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
                return new UUID(high, low).toString();
            }
        },
        /** A whole number from 0 to 999,999. */
        INT {
            @Override
            public Object evaluate(Rendering r) {
                return (long) r.random().nextInt(1_000_000);
            }
        },
        /** A number from 0 to below 1 with six places. */
        FLOAT {
            @Override
            public Object evaluate(Rendering r) {
                return BigDecimal.valueOf(r.random().nextInt(1_000_000), 6);
            }
        },
        BOOL {
            @Override
            public Object evaluate(Rendering r) {
                return r.random().nextBoolean();
            }
        },
        /** Sixteen hexadecimal digits. */
        HEX {
            @Override
            public Object evaluate(Rendering r) {
                return HexFormat.of().toHexDigits(r.random().nextLong());
            }
        }
    }

    /** A value and the filters that it passes, in order. */
    record Filtered(Expression value, List<Call> calls) implements Expression {
        @Override
        public @Nullable Object evaluate(Rendering r) {
            Object result = value.evaluate(r);
            for (int i = 0; i < calls.size(); i++) {
                result = calls.get(i).apply(result, r);
            }
            return result;
        }

        boolean isSafe() {
            return calls.stream().anyMatch(call -> call.filter.name().equals(Filters.SAFE));
        }
    }

    /**
     * One use of a filter.
     *
     * @param prepared what it does when its arguments are constants, else null
     */
    record Call(Filter filter, List<Expression> arguments, Filter.@Nullable Change prepared, int offset) {
        @Nullable
        Object apply(@Nullable Object value, Rendering r) {
            r.at = offset;
            r.step();
            if (value == null && !filter.seesMissing()) {
                return null;
            }
            return (prepared != null ? prepared : prepare(r)).apply(value, r);
        }

        private Filter.Change prepare(Rendering r) {
            @Nullable Object[] values = new @Nullable Object[arguments.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = arguments.get(i).evaluate(r);
            }
            r.at = offset;
            try {
                return filter.preparation().prepare(new Arguments(values));
            } catch (IllegalArgumentException e) {
                throw r.fail("template.wrong-arguments", String.valueOf(e.getMessage()));
            }
        }
    }

    record Not(Expression operand) implements Expression {
        @Override
        public Object evaluate(Rendering r) {
            return !Values.truth(operand.evaluate(r));
        }
    }

    /** True when all operands are ({@code and}, {@code all}). */
    record All(List<Expression> operands) implements Expression {
        @Override
        public Object evaluate(Rendering r) {
            for (Expression operand : operands) {
                r.step();
                if (!Values.truth(operand.evaluate(r))) {
                    return false;
                }
            }
            return true;
        }
    }

    /** True when one operand is ({@code or}, {@code any}). */
    record Any(List<Expression> operands) implements Expression {
        @Override
        public Object evaluate(Rendering r) {
            for (Expression operand : operands) {
                r.step();
                if (Values.truth(operand.evaluate(r))) {
                    return true;
                }
            }
            return false;
        }
    }

    record Comparison(Relation relation, Expression left, Expression right) implements Expression {
        @Override
        public Object evaluate(Rendering r) {
            r.step();
            return relation.holds(left.evaluate(r), right.evaluate(r), r);
        }
    }
}
