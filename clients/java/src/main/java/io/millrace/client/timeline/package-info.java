/**
 * One ordered log per user: merges what is pushed with what is pulled, so that each entry comes out once and in order
 * of position. Pull is the truth, push is the hint: everything here works with no push at all.
 */
@NullMarked
package io.millrace.client.timeline;

import org.jspecify.annotations.NullMarked;
