package leat.engine.distributed;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Topics as NATS subjects and back: dots part tokens in both, what a token cannot hold is written {@code %XX}, and an
 * empty token is a lone {@code %}.
 *
 * <p>A subject is {@code <space>.<kind>.<topic>}. A prefix need not end at a dot, while a subject's wildcard stands for
 * whole tokens: the tokens before the last dot are asked for, and the listener's node sorts out the rest.
 */
final class NatsTopics {
    private static final String PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_/:+=,@~!";

    private final String before;

    /** @param kind one letter, so that messages and requests do not meet */
    NatsTopics(String space, char kind) {
        this.before = space + "." + kind + ".";
    }

    /** The subject of one topic. */
    String subject(String topic) {
        StringBuilder subject = new StringBuilder(before);
        byte[] bytes = topic.getBytes(UTF_8);
        boolean empty = true;
        for (byte one : bytes) {
            if (one == '.') {
                subject.append(empty ? "%." : ".");
                empty = true;
                continue;
            }
            empty = false;
            if (PLAIN.indexOf(one) >= 0) {
                subject.append((char) one);
            } else {
                subject.append('%').append("%02X".formatted(one & 0xff));
            }
        }
        return empty ? subject.append('%').toString() : subject.toString();
    }

    /** A pattern for every topic that begins with {@code prefix}, and perhaps for some others. */
    String pattern(String prefix) {
        int dot = prefix.lastIndexOf('.');
        return dot < 0 ? before + ">" : subject(prefix.substring(0, dot)) + ".>";
    }

    /** The topic of a subject that {@link #subject} made. */
    String topic(String subject) {
        String written = subject.substring(before.length());
        byte[] bytes = new byte[written.length()];
        int length = 0;
        for (int i = 0; i < written.length(); i++) {
            char one = written.charAt(i);
            if (one != '%') {
                bytes[length++] = (byte) one;
            } else if (i + 1 < written.length() && written.charAt(i + 1) != '.') {
                bytes[length++] = (byte) Integer.parseInt(written, i + 1, i + 3, 16);
                i += 2;
            }
        }
        return new String(bytes, 0, length, UTF_8);
    }
}
