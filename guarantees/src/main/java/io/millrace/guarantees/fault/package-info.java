/** What can go wrong, on purpose: each fault is one small class that brings it about and takes it away again. */
@NullMarked
package io.millrace.guarantees.fault;

import org.jspecify.annotations.NullMarked;
