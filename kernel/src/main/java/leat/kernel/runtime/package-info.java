/** Runs modules on an engine: one {@link leat.kernel.runtime.Node} a process. Modules do not use this package. */
@NullMarked
package leat.kernel.runtime;

import org.jspecify.annotations.NullMarked;
