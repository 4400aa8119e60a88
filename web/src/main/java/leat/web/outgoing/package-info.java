/** What leaves Leat by itself: events that modules publish, mail, and requests to addresses that people chose. */
@NullMarked
package leat.web.outgoing;

import org.jspecify.annotations.NullMarked;
