package leat.kernel;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A decider's answer to a command: these events, none because it is already so, or a refusal. */
public sealed interface Decision<E> {
    /** The task with which forgetting a person begins. */
    String FORGET = "kernel.forget";

    /** These happen, in order. */
    @SafeVarargs
    @SuppressWarnings("varargs")
    static <E> Accepted<E> accept(E... events) {
        return new Accepted<>(List.of(events), List.of(), List.of());
    }

    static <E> Accepted<E> accept(List<? extends E> events) {
        return new Accepted<>(List.copyOf(events), List.of(), List.of());
    }

    /** Nothing needs to happen; the caller gets the entity as it stands. */
    static <E> Accepted<E> alreadySo() {
        return new Accepted<>(List.of(), List.of(), List.of());
    }

    static <E> Refused<E> refuse(Refusal refusal) {
        return new Refused<>(refusal);
    }

    static <E> Refused<E> refuse(Refusal.Kind kind, String code, String message) {
        return new Refused<>(Refusal.of(kind, code, message));
    }

    /** Events, and the names and tasks that become durable together with them. */
    record Accepted<E>(List<E> events, List<Claim> claims, List<Work> tasks) implements Decision<E> {

        /** Takes a unique name; when another entity holds it, nothing happens and the caller is told {@code taken}. */
        public Accepted<E> claim(String space, String name, Refusal taken) {
            return with(new Claim(space, name, true, taken));
        }

        /** Gives a name up; one that this entity does not hold is left alone. */
        public Accepted<E> release(String space, String name) {
            return with(new Claim(space, name, false, Refusal.of(Refusal.Kind.CONFLICT, "claim.released", "released")));
        }

        /** Asks for work in the same transaction. */
        public Accepted<E> task(String kind, String key, Object payload, Instant notBefore) {
            List<Work> more = new ArrayList<>(tasks);
            more.add(new Work(kind, key, payload, notBefore));
            return new Accepted<>(events, claims, more);
        }

        /**
         * Forgets a person once this is durable: every module {@linkplain Forgetting does its part}, then their key is
         * destroyed, and what was {@link Personal} to them can be read nowhere in this installation.
         *
         * @param person the id under which {@link Subject} names them
         */
        public Accepted<E> forget(String person, Instant at) {
            return task(FORGET, person, person, at);
        }

        private Accepted<E> with(Claim claim) {
            List<Claim> more = new ArrayList<>(claims);
            more.add(claim);
            return new Accepted<>(events, more, tasks);
        }
    }

    record Refused<E>(Refusal refusal) implements Decision<E> {}

    /** @param payload written as JSON */
    record Work(String kind, String key, Object payload, Instant notBefore) {}
}
