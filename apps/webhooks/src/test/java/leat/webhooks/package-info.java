@NullMarked
package leat.webhooks;

import org.jspecify.annotations.NullMarked;
