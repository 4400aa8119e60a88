package leat.engine.distributed;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import leat.engine.distributed.S3LogNews.Answer;
import leat.engine.distributed.S3LogNews.Grown;
import leat.engine.distributed.S3LogWriter.Found;
import leat.kernel.port.LogTail;
import leat.kernel.port.Logs;
import org.jspecify.annotations.Nullable;

/**
 * One log as one process knows it: it writes it, or reads it from S3 and, where S3 does not reach yet, from the process
 * that writes it.
 */
final class S3Log {
    private static final byte[] NOTHING = {};

    private final String name;
    private final String self;
    private final S3LogObjects objects;
    private final S3LogNews news;
    private final LongAdder flushes;

    /** Held by what changes the log, also while S3 is asked. */
    private final ReentrantLock writing = new ReentrantLock();

    private volatile @Nullable Writing here;
    /** What was in S3 when it was last looked at; segments never change, but the last may have grown. */
    private volatile S3LogObjects.@Nullable Listing listing;

    /** Held by what changes who follows, never while anybody is asked for anything. */
    private final ReentrantLock watching = new ReentrantLock();

    private @Nullable LogTail tail;
    private int followers;
    private @Nullable AutoCloseable hearing;

    /** @param serving answers other processes until closed */
    private record Writing(S3LogWriter writer, AutoCloseable serving) {}

    S3Log(String name, String self, S3LogObjects objects, S3LogNews news, LongAdder flushes) {
        this.name = name;
        this.self = self;
        this.objects = objects;
        this.news = news;
        this.flushes = flushes;
    }

    long append(byte[] bytes) throws IOException {
        long size;
        writing.lock();
        try {
            size = writer().append(bytes);
        } finally {
            writing.unlock();
        }
        Grown grown = new Grown(size, false);
        heard(grown);
        news.tell(name, grown);
        return size;
    }

    private S3LogWriter writer() throws IOException {
        Writing present = here;
        if (present == null) {
            S3LogObjects.Listing there = objects.list();
            if (there.sealed()) {
                throw new IOException("log " + name + " is sealed; nothing can be appended");
            }
            S3LogWriter writer = new S3LogWriter(name, self, objects, there, flushes);
            present = new Writing(writer, news.serve(name, (offset, limit) -> answer(writer, offset, limit)));
            here = present;
        }
        return present.writer();
    }

    private static Answer answer(S3LogWriter writer, long offset, int limit) {
        return switch (writer.find(offset, limit)) {
            case Found.Here(byte[] bytes) -> new Answer(writer.size(), true, bytes);
            case Found.Stored stored -> new Answer(writer.size(), false, NOTHING);
        };
    }

    void sync() throws IOException {
        Writing present = here;
        if (present != null) {
            present.writer().flush();
        }
    }

    void seal() throws IOException {
        Grown grown;
        writing.lock();
        try {
            sync();
            objects.seal();
            stop();
            grown = new Grown(look().size(), true);
        } finally {
            writing.unlock();
        }
        heard(grown);
        news.tell(name, grown);
    }

    /** Writes no more; what is not flushed is lost. */
    private void stop() {
        Writing present = here;
        here = null;
        if (present != null) {
            present.writer().end();
            close(present.serving());
        }
    }

    private static void close(AutoCloseable what) {
        try {
            what.close();
        } catch (Exception e) {
            throw new IllegalStateException("the bus could not be left", e);
        }
    }

    byte[] read(long offset, int limit) throws IOException {
        byte[] first = piece(offset, limit);
        if (first.length == limit || first.length == 0) {
            return first;
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream(Math.min(limit, 1 << 20));
        for (byte[] more = first; more.length > 0; more = piece(offset + all.size(), limit - all.size())) {
            all.writeBytes(more);
            if (all.size() == limit) {
                break;
            }
        }
        return all.toByteArray();
    }

    /** Some bytes from an offset on, as many as can be had at once; none at the end. */
    byte[] piece(long offset, int limit) throws IOException {
        if (limit <= 0) {
            return NOTHING;
        }
        Writing present = here;
        if (present != null) {
            return switch (present.writer().find(offset, limit)) {
                case Found.Here(byte[] bytes) -> bytes;
                case Found.Stored stored -> get(stored).orElse(NOTHING);
            };
        }
        S3LogObjects.Listing known = listing;
        if (known != null) {
            Optional<Found.Stored> stored = S3LogWriter.inSegments(known.segments(), offset, limit);
            Optional<byte[]> bytes = stored.isPresent() ? get(stored.get()) : Optional.empty();
            if (bytes.isPresent()) {
                return bytes.get();
            }
        }
        Optional<Answer> answer = news.ask(name, offset, limit);
        if (answer.isPresent() && answer.get().here()) {
            return answer.get().bytes();
        }
        S3LogObjects.Listing fresh = look();
        Optional<Found.Stored> stored = S3LogWriter.inSegments(fresh.segments(), offset, limit);
        return stored.isPresent() ? get(stored.get()).orElse(NOTHING) : NOTHING;
    }

    private S3LogObjects.Listing look() throws IOException {
        S3LogObjects.Listing fresh = objects.list();
        listing = fresh;
        return fresh;
    }

    private Optional<byte[]> get(Found.Stored stored) throws IOException {
        return objects.get(stored.segment(), stored.from(), stored.length());
    }

    long size() throws IOException {
        return state().size();
    }

    boolean sealed() throws IOException {
        return state().sealed();
    }

    private Grown state() throws IOException {
        Writing present = here;
        if (present != null) {
            return new Grown(present.writer().size(), false);
        }
        Optional<Answer> answer = news.ask(name, Long.MAX_VALUE, 1);
        if (answer.isPresent()) {
            return new Grown(answer.get().size(), false);
        }
        S3LogObjects.Listing there = look();
        return new Grown(there.size(), there.sealed());
    }

    AutoCloseable follow(long offset, Consumer<Logs.Piece> next, Runnable ended) throws IOException {
        LogTail followed = watch();
        try {
            look(followed);
        } catch (IOException e) {
            unwatch();
            throw e;
        }
        AtomicBoolean closed = new AtomicBoolean();
        AutoCloseable following =
                followed.follow(name, offset, new S3LogSource(this, name, followed, closed), next, () -> {
                    if (!closed.get()) {
                        ended.run();
                    }
                });
        return () -> {
            if (closed.compareAndSet(false, true)) {
                following.close();
                unwatch();
            }
        };
    }

    private LogTail watch() {
        watching.lock();
        try {
            followers++;
            LogTail present = tail;
            if (present == null) {
                present = new LogTail(0, false);
                tail = present;
                hearing = news.hear(name, this::heard);
            }
            return present;
        } finally {
            watching.unlock();
        }
    }

    private void unwatch() {
        AutoCloseable heard = null;
        watching.lock();
        try {
            followers--;
            if (followers == 0) {
                tail = null;
                heard = hearing;
                hearing = null;
            }
        } finally {
            watching.unlock();
        }
        // Closing waits for the listener, which wants the lock.
        if (heard != null) {
            close(heard);
        }
    }

    private void look(LogTail followed) throws IOException {
        Grown now = state();
        if (now.size() > followed.size()) {
            followed.grow(now.size());
        }
        if (now.sealed()) {
            followed.end();
        }
    }

    /** Looks whether news has been missed; needless where this process writes the log itself. */
    void lookAgain() throws IOException {
        LogTail followed = followed();
        if (followed != null && !followed.ended() && here == null) {
            look(followed);
        }
    }

    private @Nullable LogTail followed() {
        watching.lock();
        try {
            return tail;
        } finally {
            watching.unlock();
        }
    }

    private void heard(Grown grown) {
        watching.lock();
        try {
            LogTail followed = tail;
            if (followed != null && grown.size() > followed.size()) {
                followed.grow(grown.size());
            }
            if (followed != null && grown.sealed()) {
                followed.end();
            }
        } finally {
            watching.unlock();
        }
    }

    void remove() throws IOException {
        writing.lock();
        try {
            stop();
            objects.remove();
            forget();
        } finally {
            writing.unlock();
        }
        news.tellRemoved(name);
    }

    /** Another process has removed it. */
    void removedElsewhere() {
        stop();
        forget();
    }

    private void forget() {
        listing = null;
        endFollowers();
    }

    private void endFollowers() {
        LogTail followed = followed();
        if (followed != null) {
            followed.end();
        }
    }

    /** Whether it can be forgotten and known again later: nobody follows it, and all of it is in S3. */
    boolean idle() {
        return waiting() == 0 && followed() == null;
    }

    /** Bytes that a death of this process would lose now. */
    long waiting() {
        Writing present = here;
        return present == null ? 0 : present.writer().waiting();
    }

    /** Flushes, ends all followers, and writes no more. */
    void close() throws IOException {
        writing.lock();
        try {
            sync();
        } finally {
            stop();
            endFollowers();
            writing.unlock();
        }
    }
}
