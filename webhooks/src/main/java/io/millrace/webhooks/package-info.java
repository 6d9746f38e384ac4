/** The webhooks service: posts the events of the public log to subscribers. Start at WebhooksApplication. */
@NullMarked
package io.millrace.webhooks;

import org.jspecify.annotations.NullMarked;
