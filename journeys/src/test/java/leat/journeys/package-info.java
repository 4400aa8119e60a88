/** The whole product, tried from outside: a real process, a real browser, the command line, and kill -9. */
@NullMarked
package leat.journeys;

import org.jspecify.annotations.NullMarked;
