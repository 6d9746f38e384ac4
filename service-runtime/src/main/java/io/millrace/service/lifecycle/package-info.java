/** Start in order, stop in reverse order, exit codes. */
@NullMarked
package io.millrace.service.lifecycle;

import org.jspecify.annotations.NullMarked;
