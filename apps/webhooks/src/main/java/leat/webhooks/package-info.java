/** Webhooks: an organization's addresses to which events are sent, and how that went. */
@NullMarked
package leat.webhooks;

import org.jspecify.annotations.NullMarked;
