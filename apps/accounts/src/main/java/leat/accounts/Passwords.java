package leat.accounts;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import leat.kernel.OverloadedException;

/**
 * Hashes passwords with Argon2id, a few at a time.
 *
 * <p>Parameters: 19 MiB, 2 passes, 1 lane, 32 bytes out, 16 bytes of salt: the OWASP minimum of the Password Storage Cheat
 * Sheet. They stand in every hash, so raising them here leaves older hashes readable.
 *
 * <p>At most {@link #AT_ONCE} run at once and {@link #WAITING} wait, on platform threads of their own; so a flood of
 * sign-ins takes neither more than 38 MiB nor the threads that serve everything else. Beyond, callers get an
 * {@link OverloadedException}.
 */
final class Passwords implements AutoCloseable {
    /** Hashes computed at the same time. */
    static final int AT_ONCE = 2;

    /** Callers that may wait for their turn. */
    static final int WAITING = 32;

    /** Longest wait for a hash, its turn included. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * What a password is compared with where there is none: 32 bytes written by hand, which no known password hashes to. Not
     * computed, because one hash costs a starting process more than all else it does.
     */
    private static final String DECOY =
            "$argon2id$v=19$m=19456,t=2,p=1$AAECAwQFBgcICQoLDA0ODw$bm9ib2R5IGtub3dzIHdoYXQgaGFzaGVzIHRvIHRoaXM";

    private static final int SALT_BYTES = 16;

    private final ThreadPoolExecutor pool;
    private final LongAdder computed = new LongAdder();

    Passwords() {
        pool = new ThreadPoolExecutor(
                AT_ONCE,
                AT_ONCE,
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                Thread.ofPlatform().name("leat-passwords-", 0).daemon().factory());
        pool.allowCoreThreadTimeOut(true);
    }

    String hash(String password) {
        return run(() -> {
            computed.increment();
            return compute(password);
        });
    }

    /** Whether the password belongs to the hash; without a hash it does the same work and says no. */
    boolean matches(String password, Optional<String> hash) {
        String against = hash.orElse(DECOY);
        boolean same = run(() -> {
            computed.increment();
            return Password.check(password, against).with(Argon2Function.getInstanceFromHash(against));
        });
        return same && hash.isPresent();
    }

    /** How many hashes were computed for callers. */
    long computed() {
        return computed.sum();
    }

    private static String compute(String password) {
        return Password.hash(password)
                .addRandomSalt(SALT_BYTES)
                .with(Argon2Function.getInstance(19_456, 2, 1, 32, Argon2.ID, 19))
                .getResult();
    }

    private <T> T run(Callable<T> work) {
        try {
            return await(pool.submit(work));
        } catch (RejectedExecutionException e) {
            throw overloaded();
        }
    }

    private static <T> T await(Future<T> result) {
        try {
            return result.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            result.cancel(false);
            throw overloaded();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw overloaded();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a password could not be hashed", e.getCause());
        }
    }

    private static OverloadedException overloaded() {
        return new OverloadedException("the queue of sign-ins", Duration.ofSeconds(2));
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
