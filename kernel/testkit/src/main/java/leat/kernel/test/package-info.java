/**
 * What tests are written with: the engine in memory, crash points, a clock that stands still, seeds that replay, and
 * one contract suite for each port, of which an engine's whole test is a subclass of a few lines.
 */
@NullMarked
package leat.kernel.test;

import org.jspecify.annotations.NullMarked;
