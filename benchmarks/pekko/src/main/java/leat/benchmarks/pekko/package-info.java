/** Pekko Persistence under the load that Leat is put under. */
@NullMarked
package leat.benchmarks.pekko;

import org.jspecify.annotations.NullMarked;
