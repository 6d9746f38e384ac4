/**
 * What a user's timeline is in the store: its rows, its head, and the state of each of the user's conversations. Pure
 * decisions; depends on the schemas only.
 */
@NullMarked
package io.millrace.timeline.timeline;

import org.jspecify.annotations.NullMarked;
