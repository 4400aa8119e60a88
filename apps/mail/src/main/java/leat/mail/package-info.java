/** Mail: sends letters that other modules ask for. */
@NullMarked
package leat.mail;

import org.jspecify.annotations.NullMarked;
