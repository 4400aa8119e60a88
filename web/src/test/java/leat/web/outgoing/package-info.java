@NullMarked
package leat.web.outgoing;

import org.jspecify.annotations.NullMarked;
