package leat.kernel;

import java.time.Instant;

/** Asks for tasks from outside a decider or process. */
public interface Tasks {
    /** Durable when it returns. The id is derived from the envelope's command, the kind and the key. */
    void schedule(String kind, String key, Object payload, Instant notBefore, Envelope envelope);
}
