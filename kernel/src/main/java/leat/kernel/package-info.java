/**
 * What a module is written against. Start at {@link leat.kernel.Decider} and {@link leat.kernel.Module}.
 */
@NullMarked
package leat.kernel;

import org.jspecify.annotations.NullMarked;
