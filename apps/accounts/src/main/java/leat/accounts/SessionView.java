package leat.accounts;

import java.time.Instant;

/**
 * One of the caller's signed-in browsers.
 *
 * @param agent what it calls itself, in a few words
 * @param seenAt exact to {@link Session#NOTED}
 * @param current whether this request belongs to it
 */
record SessionView(String id, String agent, Instant begunAt, Instant seenAt, Instant expiresAt, boolean current) {}
