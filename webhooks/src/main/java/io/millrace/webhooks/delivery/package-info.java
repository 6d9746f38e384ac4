/**
 * One attempt to give one event to one subscriber: its body and signature, the address it may go to, the request, and
 * what the answer means. Knows no Kafka.
 */
@NullMarked
package io.millrace.webhooks.delivery;

import org.jspecify.annotations.NullMarked;
