/** Settings as trees of records: defaults, then a YAML file, then the environment. Depends on Jackson alone. */
@NullMarked
package io.millrace.service.config;

import org.jspecify.annotations.NullMarked;
