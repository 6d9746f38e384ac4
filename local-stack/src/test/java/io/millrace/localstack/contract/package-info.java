/**
 * What others rely on: the protocol as AsyncAPI and OpenAPI describe it, and the topics as other people's tools see them:
 * Confluent's Java classes, in a class loader of their own, and packages of npm.
 */
@NullMarked
package io.millrace.localstack.contract;

import org.jspecify.annotations.NullMarked;
