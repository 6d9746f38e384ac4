/** The admin port of every service: liveness, readiness, metrics. */
@NullMarked
package io.millrace.service.admin;

import org.jspecify.annotations.NullMarked;
