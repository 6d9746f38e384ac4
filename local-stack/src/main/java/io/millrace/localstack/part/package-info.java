/**
 * A part of the stack (a server or a service): what it needs to run, and its life from stopped to ready and back. Depends
 * on the child JVM alone; what the parts are stands in the packages beside this one.
 */
@NullMarked
package io.millrace.localstack.part;

import org.jspecify.annotations.NullMarked;
