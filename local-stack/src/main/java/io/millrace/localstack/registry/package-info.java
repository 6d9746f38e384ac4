/**
 * A schema registry with Confluent's REST API (Apicurio), its schemas in a file. Depends on {@code part} and
 * {@code child}.
 */
@NullMarked
package io.millrace.localstack.registry;

import org.jspecify.annotations.NullMarked;
