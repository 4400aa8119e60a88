/**
 * The engine that needs nothing beside a JDK: one folder holds {@code journal.db}, {@code views/}, {@code blobs/} and
 * {@code logs/}, and {@code leat.lock} keeps a second process out.
 */
@NullMarked
package leat.engine.embedded;

import org.jspecify.annotations.NullMarked;
