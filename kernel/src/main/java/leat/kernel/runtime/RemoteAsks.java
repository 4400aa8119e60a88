package leat.kernel.runtime;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import leat.kernel.Ask;
import leat.kernel.Asks;
import leat.kernel.Json;
import leat.kernel.OverloadedException;
import leat.kernel.Refusal;
import leat.kernel.RefusedException;
import leat.kernel.port.Bus;
import leat.kernel.port.RequestException;
import tools.jackson.databind.JsonNode;

/**
 * Carries questions to a node that answers them, and the answers back, as JSON.
 *
 * <p>A question changes nothing, so one that got lost is put again until its time is up: soon at first, for it may have gone
 * to a node that stands still, which the bus does not know for minutes, and then more and more patiently.
 */
final class RemoteAsks implements Asks, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration FIRST_REQUEST = Duration.ofMillis(250);
    private static final Duration LONGEST_REQUEST = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Bus bus;
    private final List<AutoCloseable> serving = new ArrayList<>();
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    RemoteAsks(Bus bus) {
        this.bus = bus;
    }

    /** @param answer empty when the answer is a refusal, or there is none because of a fault */
    private record Reply(
            Optional<JsonNode> answer, Optional<Refusal> refusal, Optional<Long> retryAfterMillis, String fault) {}

    /** Answers other nodes' questions of these classes. */
    void serve(Map<Class<?>, Function<?, ?>> answers) {
        answers.forEach((question, answer) -> serving.add(bus.serve(topic(question), request -> {
            Object asked = Json.read(request.payload(), question);
            return Json.bytes(reply(answer, asked));
        })));
    }

    @SuppressWarnings("unchecked")
    private static Reply reply(Function<?, ?> answer, Object question) {
        try {
            Object given = ((Function<Object, Object>) answer).apply(question);
            return new Reply(Optional.of(Json.tree(Json.bytes(given))), Optional.empty(), Optional.empty(), "");
        } catch (RefusedException refused) {
            return new Reply(Optional.empty(), Optional.of(refused.refusal()), Optional.empty(), "");
        } catch (OverloadedException full) {
            return new Reply(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(full.retryAfter().toMillis()),
                    "");
        } catch (RuntimeException fault) {
            return new Reply(Optional.empty(), Optional.empty(), Optional.empty(), Faults.sentence(fault));
        }
    }

    private static String topic(Class<?> question) {
        return "ask." + question.getName();
    }

    @Override
    public <R> R ask(Ask<R> question) {
        String topic = topic(question.getClass());
        byte[] payload = Json.bytes(question);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Duration wait = FIRST_REQUEST;
        while (true) {
            try {
                byte[] bytes = bus.request(topic, payload, wait).join();
                Reply reply = Json.read(bytes, Reply.class);
                if (reply.answer.isPresent()) {
                    count("answered");
                    return Json.MAPPER.convertValue(
                            reply.answer.get(), Json.MAPPER.constructType(answerOf(question.getClass())));
                }
                throw failure(question, reply);
            } catch (CompletionException lost) {
                count("lost");
                if (stopping || System.nanoTime() > deadline) {
                    throw unanswered(question, lost);
                }
                wait = wait.multipliedBy(2).compareTo(LONGEST_REQUEST) > 0 ? LONGEST_REQUEST : wait.multipliedBy(2);
                LockSupport.parkNanos(this, PAUSE.toNanos());
            }
        }
    }

    /** From now on no question is put again: this node stops, and who asks must not hold it up. */
    void stop() {
        stopping = true;
    }

    private RuntimeException failure(Ask<?> question, Reply reply) {
        if (reply.refusal.isPresent()) {
            count("refused");
            return reply.refusal.get().asException();
        }
        if (reply.retryAfterMillis.isPresent()) {
            count("overloaded");
            return new OverloadedException(
                    question.getClass().getSimpleName(), Duration.ofMillis(reply.retryAfterMillis.get()));
        }
        count("fault");
        return new IllegalStateException(
                question.getClass().getSimpleName() + " failed where it was answered: " + reply.fault);
    }

    private static RuntimeException unanswered(Ask<?> question, CompletionException lost) {
        if (lost.getCause() instanceof RequestException fault
                && fault.reason() == RequestException.Reason.NOBODY_SERVES) {
            return new OverloadedException(
                    "no node that lives answers " + question.getClass().getSimpleName() + "; it",
                    Duration.ofSeconds(1));
        }
        return new OverloadedException(
                question.getClass().getSimpleName() + " was not answered in time; its node", Duration.ofSeconds(1));
    }

    /** What {@code R} is in the question's {@code Ask<R>}. */
    private static Type answerOf(Class<?> question) {
        for (Type implemented : question.getGenericInterfaces()) {
            if (implemented instanceof ParameterizedType generic
                    && generic.getRawType().equals(Ask.class)) {
                return generic.getActualTypeArguments()[0];
            }
        }
        throw new IllegalStateException(question.getName() + " must implement Ask itself");
    }

    private void count(String outcome) {
        counts.computeIfAbsent(outcome, any -> new LongAdder()).increment();
    }

    /** How many questions to other nodes ended in which way since the start. */
    Map<String, Long> counts() {
        Map<String, Long> sums = new java.util.TreeMap<>();
        counts.forEach((outcome, count) -> sums.put(outcome, count.sum()));
        return sums;
    }

    @Override
    public void close() {
        serving.forEach(Quietly::close);
    }
}
