package leat.notes;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import leat.kernel.Announcements;

/**
 * Who looks at a note or writes it now, on whatever node: announced while a stream of theirs is open, renewed every {@link
 * #RENEWED}, and forgotten when it ends or when nothing is heard of it for {@link #FORGOTTEN}. Nothing of it is kept.
 *
 * <p>A node begins to listen when it is first asked, and knows everybody within {@link #RENEWED} of that.
 */
final class Presence {
    static final Duration RENEWED = Duration.ofSeconds(10);

    static final Duration FORGOTTEN = Duration.ofSeconds(25);

    private static final String TOPIC = "notes.presence/";

    private final Announcements announcements;
    private final Map<String, Stay> stays = new ConcurrentHashMap<>();
    private final Map<String, List<Runnable>> followers = new ConcurrentHashMap<>();
    private boolean listens;

    Presence(Announcements announcements) {
        this.announcements = announcements;
    }

    enum Doing {
        READING,
        WRITING
    }

    /** Somebody, by what they do most: who writes in one window and reads in another writes. */
    record Somebody(String person, Doing doing) {}

    /** What is announced of one stream; people have as many as they have windows. */
    private record Sign(String stream, String note, String person, Doing doing, boolean gone) {}

    private record Stay(Sign sign, long untilNanos) {}

    /** Those who are at a note, each once, by name as notes remember people. */
    List<Somebody> at(String note) {
        listen();
        return at(note, stays.values());
    }

    private static List<Somebody> at(String note, Collection<Stay> stays) {
        Map<String, Doing> people = new ConcurrentHashMap<>();
        stays.stream()
                .map(Stay::sign)
                .filter(it -> it.note().equals(note))
                .forEach(it ->
                        people.merge(it.person(), it.doing(), (one, other) -> one.compareTo(other) > 0 ? one : other));
        return people.entrySet().stream()
                .map(it -> new Somebody(it.getKey(), it.getValue()))
                .sorted(Comparator.comparing(Somebody::person))
                .toList();
    }

    /** Somebody comes to a note, and stays until what is given back is closed. */
    Announcements.Listening come(String note, String person, Doing doing) {
        listen();
        String stream = UUID.randomUUID().toString();
        var left = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> {
            try {
                do {
                    announce(new Sign(stream, note, person, doing, false));
                    forgetTheSilent();
                } while (!left.await(RENEWED.toMillis(), TimeUnit.MILLISECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            announce(new Sign(stream, note, person, doing, true));
        });
        return left::countDown;
    }

    /** Runs something whenever others are at a note than before, until closed. */
    Announcements.Listening follow(String note, Runnable changed) {
        listen();
        followers.computeIfAbsent(note, any -> new CopyOnWriteArrayList<>()).add(changed);
        return () -> followers.computeIfPresent(note, (_, all) -> {
            all.remove(changed);
            return all.isEmpty() ? null : all;
        });
    }

    private void announce(Sign sign) {
        announcements.announce(TOPIC + sign.note(), sign);
    }

    private synchronized void listen() {
        if (!listens) {
            listens = true;
            announcements.listen(TOPIC + "*", it -> heard(it.as(Sign.class)));
        }
    }

    private void heard(Sign sign) {
        List<Somebody> before = at(sign.note(), stays.values());
        if (sign.gone()) {
            stays.remove(sign.stream());
        } else {
            stays.put(sign.stream(), new Stay(sign, System.nanoTime() + FORGOTTEN.toNanos()));
        }
        tell(sign.note(), before);
    }

    private void forgetTheSilent() {
        long now = System.nanoTime();
        stays.values().stream().filter(it -> it.untilNanos() - now < 0).forEach(it -> {
            List<Somebody> before = at(it.sign().note(), stays.values());
            stays.remove(it.sign().stream(), it);
            tell(it.sign().note(), before);
        });
    }

    private void tell(String note, List<Somebody> before) {
        if (!before.equals(at(note, stays.values()))) {
            followers.getOrDefault(note, List.of()).forEach(Thread::startVirtualThread);
        }
    }
}
