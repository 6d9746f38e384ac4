/** Who gets which events: what the settings say of a subscriber. Depends on the schemas and on settings alone. */
@NullMarked
package io.millrace.webhooks.subscriber;

import org.jspecify.annotations.NullMarked;
