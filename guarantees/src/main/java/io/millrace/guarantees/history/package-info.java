/**
 * What clients asked, what came of it and what their devices were told: journals as JSON lines and the history they make
 * together. Pure; knows nothing of how a run is driven or judged.
 */
@NullMarked
package io.millrace.guarantees.history;

import org.jspecify.annotations.NullMarked;
