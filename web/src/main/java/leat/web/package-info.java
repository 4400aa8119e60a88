/** HTTP as a module meets it: a table of routes, plain blocking handlers, and answers; the listener below is hidden. */
@NullMarked
package leat.web;

import org.jspecify.annotations.NullMarked;
