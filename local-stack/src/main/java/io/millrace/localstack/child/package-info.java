/**
 * One JVM started, watched and ended by this one. A child reads its standard input: when its parent is gone, however it
 * went, the child ends itself. Knows nothing of what runs in the child.
 */
@NullMarked
package io.millrace.localstack.child;

import org.jspecify.annotations.NullMarked;
