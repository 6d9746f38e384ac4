/**
 * The services of Millrace as parts: class path, memory and a settings file each. Knows the services by their
 * main classes and settings alone.
 */
@NullMarked
package io.millrace.localstack.services;

import org.jspecify.annotations.NullMarked;
