/** Records of the log in the words of the client protocol, for those who push them. Depends on Jackson alone. */
@NullMarked
package io.millrace.schemas.json;

import org.jspecify.annotations.NullMarked;
