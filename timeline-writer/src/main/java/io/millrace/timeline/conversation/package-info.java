/**
 * What a conversation is in the store: its rows, how far it is applied, and who may see which part of it. Pure
 * decisions; depends on the schemas only.
 */
@NullMarked
package io.millrace.timeline.conversation;

import org.jspecify.annotations.NullMarked;
