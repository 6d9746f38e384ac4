/** What both applications stand on: Streams settings, poison handling, memory of RocksDB, start guards. */
@NullMarked
package io.millrace.router.runtime;

import org.jspecify.annotations.NullMarked;
