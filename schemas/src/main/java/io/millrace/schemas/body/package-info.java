/** Bodies as the log has them: encrypted with a key of the one who wrote them, so that erasing the key erases the body. */
@NullMarked
package io.millrace.schemas.body;

import org.jspecify.annotations.NullMarked;
