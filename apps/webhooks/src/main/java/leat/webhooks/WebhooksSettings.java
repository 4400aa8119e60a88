package leat.webhooks;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * What webhooks need to know of this Leat.
 *
 * @param key from which the secrets follow, the same on every node, at least 32 bytes; empty when there is none, and then no
 *     webhook can be added
 * @param anywhere whether deliveries may go to private networks and to this machine
 */
public record WebhooksSettings(Supplier<Optional<byte[]>> key, boolean anywhere) {}
