/** A whole cluster on one machine, for developers and tests: servers of its own, nodes and a front door. */
@NullMarked
package leat.platform.cluster;

import org.jspecify.annotations.NullMarked;
