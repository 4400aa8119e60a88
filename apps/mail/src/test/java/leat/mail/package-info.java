@NullMarked
package leat.mail;

import org.jspecify.annotations.NullMarked;
