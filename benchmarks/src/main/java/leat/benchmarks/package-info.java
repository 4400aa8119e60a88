/** Measures what DESIGN promises, peers beside ours in one run; started by {@code ./leat bench}. */
@NullMarked
package leat.benchmarks;

import org.jspecify.annotations.NullMarked;
