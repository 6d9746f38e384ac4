/**
 * Writes topics as Parquet files, for tools that read columns. A module of its own, so that no service carries Parquet.
 * Start at ParquetMain.
 */
@NullMarked
package io.millrace.parquet;

import org.jspecify.annotations.NullMarked;
