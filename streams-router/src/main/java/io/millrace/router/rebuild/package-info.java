/** Makes the router's changelogs again from its public topics. */
@NullMarked
package io.millrace.router.rebuild;

import org.jspecify.annotations.NullMarked;
