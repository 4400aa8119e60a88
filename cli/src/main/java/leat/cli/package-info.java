/** What a module's commands are written with: a console to print on, and the server to ask. */
@NullMarked
package leat.cli;

import org.jspecify.annotations.NullMarked;
